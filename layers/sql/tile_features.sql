-- The features of a tile, each by itself, as a finished Mapbox Vector Tile; in the order of their
-- ids, so that the same edition gives the same bytes.
-- layer_id, edition_id: literals, so that the kept plan opens one partition. west, south, east,
-- north: the tile and its buffer in degrees; what `geometry` binds is of tiles.py. One feature more
-- than `most` is looked for: then the tile is too full for features, and cells stand in for them.
-- Geometry that nothing is left of at this zoom is NULL, and ST_AsMVT passes over it.
-- Served by the partition's GiST index on geom_4326.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    count(*),
    ST_AsMVT("-tile", {name}, 4096, '-geometry', '-id' ORDER BY "-tile"."-id")
FROM (
    SELECT {geometry} AS "-geometry", id AS "-id", fid {properties}
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND geom_4326 && ST_MakeEnvelope(
            %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
        )
    LIMIT {most} + 1
) AS "-tile"
