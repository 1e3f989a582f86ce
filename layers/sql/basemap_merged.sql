-- The same of a layer of lines, with those of one class and name joined: suppliers cut a road at each
-- junction, and a tile of a whole town has no room for that.
SELECT {shape} AS "-geometry", class, name, number, "-order"
FROM (
    SELECT
        ST_LineMerge(ST_Collect(geom_4326 ORDER BY id)) AS geom_4326,
        class,
        name,
        number,
        min(id) AS "-order"
    FROM (
        SELECT id, geom_4326, {class} AS class, {named} AS name, {numbered} AS number
        FROM layers_feature
        WHERE edition_id = {edition_id}
            AND geom_4326 && ST_MakeEnvelope(
                %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
            )
            AND {is_worth_drawing}
    ) AS link
    GROUP BY class, name, number
) AS feature
