-- How many features there are in each cell of a tile, at the mean of their places, as a finished
-- Mapbox Vector Tile.
-- layer_id, edition_id; place: the point that stands for a feature; cells: how many cells the world
-- is wide at this zoom; first_column, first_row: the tile's first cell, counted over the world, so
-- that neighbouring tiles agree about every cell. The ring of cells around the tile is given too:
-- it lies in the buffer. west, south, east, north: the tile and its buffer in degrees.
-- Subqueries end in OFFSET 0 so that each place is projected once and cells are told apart before any
-- is left out: only then does the planner count them in a hash table instead of sorting every place.
-- Served by the partition's GiST index on geom_4326, or by reading the partition whole.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    coalesce(sum("-tile".count), 0)::bigint,
    ST_AsMVT("-tile", {name}, 4096, '-geometry' ORDER BY "-tile"."-geometry")
FROM (
    SELECT
        ST_Point(
            cell_column * 64 + least(63, floor((sum_x / count - cell_column) * 64)),
            cell_row * 64 + least(63, floor((sum_y / count - cell_row) * 64))
        ) AS "-geometry",
        count
    FROM (
        SELECT
            floor(x) AS cell_column,
            floor(y) AS cell_row,
            sum(x) AS sum_x,
            sum(y) AS sum_y,
            count(*) AS count
        FROM (
            SELECT
                (ST_X({place}) + 180) / 360 * %(cells)s::float8 - %(first_column)s::float8 AS x,
                (0.5 - ln(tan(pi() / 4 + radians(ST_Y({place})) / 2)) / (2 * pi()))
                    * %(cells)s::float8 - %(first_row)s::float8 AS y
            FROM layers_feature
            WHERE edition_id = {edition_id}
                AND geom_4326 && ST_MakeEnvelope(
                    %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
                )
            OFFSET 0
        ) AS places
        GROUP BY floor(x), floor(y)
        OFFSET 0
    ) AS cells
    WHERE cell_column BETWEEN -1 AND 64 AND cell_row BETWEEN -1 AND 64
) AS "-tile"
