-- Counts the features of an edition into the cells of its deepest zoom that has any, where each has
-- its column and row counted over the world, and the sums of its features' places in cells.
-- edition_id, zoom, cells: how many cells the world is wide at this zoom; place: the point
-- (EPSG:4326) that stands for a feature. Reads the partition whole, once.
-- The subquery ends in OFFSET 0 so that each place is projected once.
INSERT INTO staged_cell (zoom, cell_column, cell_row, count, sum_x, sum_y)
SELECT %(zoom)s::integer, floor(x)::integer, floor(y)::integer, count(*), sum(x), sum(y)
FROM (
    SELECT
        (ST_X(place) + 180) / 360 * %(cells)s::float8 AS x,
        (0.5 - ln(tan(pi() / 4 + radians(ST_Y(place)) / 2)) / (2 * pi())) * %(cells)s::float8 AS y
    FROM (
        SELECT {place} AS place FROM layers_feature WHERE edition_id = %(edition_id)s OFFSET 0
    ) AS feature
    -- Beyond these there are no tiles.
    WHERE ST_Y(place) BETWEEN -85.05 AND 85.05 AND ST_X(place) >= -180 AND ST_X(place) < 180
    OFFSET 0
) AS places
GROUP BY floor(x), floor(y)
