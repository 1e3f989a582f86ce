-- Puts the cells of a zoom together by two by two, which are those of the zoom above it.
-- zoom.
INSERT INTO staged_cell (zoom, cell_column, cell_row, count, sum_x, sum_y)
SELECT zoom - 1, cell_column >> 1, cell_row >> 1, sum(count), sum(sum_x) / 2, sum(sum_y) / 2
FROM staged_cell
WHERE zoom = %(zoom)s
GROUP BY zoom, cell_column >> 1, cell_row >> 1
