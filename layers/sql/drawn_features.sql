-- What of a layer is to be drawn on a sheet of paper, as one SVG path for each class of features.
-- layer_id, edition_id: literals, so that one partition is opened. class: what tells features apart;
-- path: a feature's shape as SVG, in millimetres from the sheet's upper left corner; condition: which
-- features are meant. west, south, east, north: the sheet and what lies just beyond its edges,
-- EPSG:27700 metres; others of the sheet are those that `path` binds. One feature more than `most`
-- is looked for. Where there are more than that, or they take more than `most_bytes`, the paths are
-- NULL: the sheet is too small to show each.
-- Served by the partition's GiST index on geom_27700.
WITH met AS MATERIALIZED (
    SELECT {class} AS class, id, geom_27700
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND geom_27700 && ST_MakeEnvelope(
            %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 27700
        )
        AND ({condition})
    LIMIT %(most)s + 1
),
drawn AS MATERIALIZED (
    SELECT class, id, {path} AS path FROM met
),
total AS (
    SELECT
        count(*) AS found,
        count(*) <= %(most)s
            AND coalesce(sum(octet_length(path)), 0) <= %(most_bytes)s AS is_shown
    FROM drawn
)
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    total.is_shown,
    total.found,
    classes.class,
    classes.count,
    classes.path
FROM total
LEFT JOIN (
    SELECT class, count(*) AS count, string_agg(path, '' ORDER BY id) AS path
    FROM drawn
    WHERE path <> ''
    GROUP BY class
) AS classes ON total.is_shown
ORDER BY classes.class
