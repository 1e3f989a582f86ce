-- How many features there are in each cell of a sheet of paper, at the mean of their places.
-- layer_id, edition_id: literals; place_x, place_y: the point that stands for a feature, EPSG:27700
-- metres; condition: which features are meant; cell_m: the side of a cell. west, south, east, north:
-- the sheet, likewise metres; mm_per_m: how long a metre is on it. What comes back is in millimetres
-- from the sheet's upper left corner.
-- Served by the partition's GiST index on geom_27700, or by reading the partition whole.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    (avg(x) - %(west)s::float8) * %(mm_per_m)s::float8,
    (%(north)s::float8 - avg(y)) * %(mm_per_m)s::float8,
    count(*)
FROM (
    SELECT {place_x} AS x, {place_y} AS y
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND geom_27700 && ST_MakeEnvelope(
            %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 27700
        )
        AND ({condition})
) AS places
WHERE x BETWEEN %(west)s::float8 AND %(east)s::float8
    AND y BETWEEN %(south)s::float8 AND %(north)s::float8
GROUP BY floor(x / %(cell_m)s::float8), floor(y / %(cell_m)s::float8)
ORDER BY count(*) DESC, 2, 3
