-- Writes a box as an area of coverage. west, south, east, north: EPSG:27700, metres.
INSERT INTO planning_coveragearea (key, made_of, source_edition_id, made_by, made_at, geom_27700)
VALUES (
    %(key)s, %(made_of)s, NULL, %(made_by)s, now(),
    ST_Multi(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 27700))
)
ON CONFLICT (key) DO NOTHING
