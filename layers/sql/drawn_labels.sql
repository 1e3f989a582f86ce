-- The words that are written beside features on a sheet of paper, the most prominent first: the
-- largest area, the longest line.
-- A feature that has no name but its number in the source has no word.
-- layer_id, edition_id: literals; class and condition as for the features; name: the property that is
-- written. west, south, east, north: the sheet, EPSG:27700 metres; mm_per_m: how long a metre is on
-- it. What comes back is in millimetres from the sheet's upper left corner; the angle is that of a
-- line where the word stands, in degrees clockwise from the east; the length is that of the line, or
-- of the side of a square as large as the area, 0 for a point.
-- Served by the partition's GiST index on geom_27700.
WITH met AS MATERIALIZED (
    SELECT
        {class} AS class,
        id,
        left(btrim(properties ->> {name}), 60) AS label,
        ST_ClipByBox2D(
            geom_27700,
            ST_MakeEnvelope(
                %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 27700
            )
        ) AS shape
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND geom_27700 && ST_MakeEnvelope(
            %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 27700
        )
        AND properties ->> {name} <> ''
        AND properties ->> {name} <> key
        AND ({condition})
    LIMIT %(most)s
),
parts AS (
    SELECT DISTINCT ON (met.id)
        met.class, met.id, met.label, part.geom AS shape,
        CASE ST_Dimension(part.geom)
            WHEN 2 THEN sqrt(ST_Area(part.geom))
            WHEN 1 THEN ST_Length(part.geom)
            ELSE 0
        END AS length_m
    FROM met, ST_Dump(met.shape) AS part
    WHERE NOT ST_IsEmpty(part.geom)
    ORDER BY met.id, length_m DESC
),
placed AS (
    SELECT
        class, id, label, length_m,
        CASE ST_Dimension(shape)
            WHEN 2 THEN ST_PointOnSurface(shape)
            WHEN 1 THEN ST_LineInterpolatePoint(shape, 0.5)
            ELSE shape
        END AS place,
        CASE ST_Dimension(shape)
            WHEN 1 THEN degrees(ST_Azimuth(
                ST_LineInterpolatePoint(shape, 0.4), ST_LineInterpolatePoint(shape, 0.6)
            )) - 90
            ELSE 0
        END AS angle
    FROM parts
)
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    class,
    label,
    (ST_X(place) - %(west)s::float8) * %(mm_per_m)s::float8,
    (%(north)s::float8 - ST_Y(place)) * %(mm_per_m)s::float8,
    coalesce(angle, 0),
    length_m * %(mm_per_m)s::float8
FROM placed
ORDER BY length_m DESC, id
