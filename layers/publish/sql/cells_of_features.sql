-- Counts the features of an edition into the cells of the deepest zoom that has any: for each its
-- column and row, counted over the world, and the sums of its features' places, in cells.
-- edition_id, zoom, cells: how many cells the world is wide at this zoom; place: the point
-- (EPSG:4326) that stands for a feature. Reads the partition whole, once. Beyond the box there are no
-- tiles. The subquery ends in OFFSET 0 so that each place is projected once.
INSERT INTO staged_cell (zoom, cell_column, cell_row, count, sum_x, sum_y)
SELECT %(zoom)s, floor(x)::integer, floor(y)::integer, count(*), sum(x), sum(y)
FROM (
    SELECT
        (ST_X({place}) + 180) / 360 * %(cells)s AS x,
        (0.5 - ln(tan(pi() / 4 + radians(ST_Y({place})) / 2)) / (2 * pi())) * %(cells)s AS y
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND geom_4326 && ST_MakeEnvelope(-180, -85.05, 180, 85.05, 4326)
    OFFSET 0
) AS places
GROUP BY floor(x)::integer, floor(y)::integer
