-- What a tile of the basemap holds of one layer, feature by feature.
-- edition_id: a literal, so that one partition is opened. west, south, east, north: the tile and its
-- buffer in degrees. shape: of tiles.py, over geom_4326. min_area: in square degrees.
-- Served by the partition's GiST index on geom_4326.
SELECT {shape} AS "-geometry", class, name, number, "-order"
FROM (
    SELECT
        geom_4326,
        {class} AS class,
        {named} AS name,
        {numbered} AS number,
        id AS "-order"
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND geom_4326 && ST_MakeEnvelope(
            %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
        )
        AND {is_worth_drawing}
) AS feature
