-- How many features there are in each cell of a tile, at the mean of their places, as a finished
-- Mapbox Vector Tile.
-- layer_id, edition_id; place: the point that stands for a feature; cells: how many cells the world
-- is wide at this zoom; first_column, first_row: the tile's first cell, counted over the world, so
-- that neighbouring tiles agree about every cell. The ring of cells around the tile is given too:
-- it lies in the buffer. west, south, east, north: the tile and its buffer in degrees.
-- Served by the partition's GiST index on geom_4326, or by reading the partition whole.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    coalesce(sum("-tile".count), 0)::bigint,
    ST_AsMVT("-tile", {name}, 4096, '-geometry' ORDER BY "-tile"."-geometry")
FROM (
    SELECT
        ST_Point(
            (floor(x) - %(first_column)s::float8) * 64 + least(63, floor(avg(x - floor(x)) * 64)),
            (floor(y) - %(first_row)s::float8) * 64 + least(63, floor(avg(y - floor(y)) * 64))
        ) AS "-geometry",
        count(*) AS count
    FROM (
        SELECT
            (ST_X({place}) + 180) / 360 * %(cells)s::float8 AS x,
            (0.5 - ln(tan(pi() / 4 + radians(ST_Y({place})) / 2)) / (2 * pi()))
                * %(cells)s::float8 AS y
        FROM layers_feature
        WHERE edition_id = {edition_id}
            AND geom_4326 && ST_MakeEnvelope(
                %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
            )
    ) AS places
    WHERE floor(x) - %(first_column)s::float8 BETWEEN -1 AND 64
        AND floor(y) - %(first_row)s::float8 BETWEEN -1 AND 64
    GROUP BY floor(x), floor(y)
) AS "-tile"
