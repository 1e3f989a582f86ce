-- Writes the union of the polygons of an edition as an area of coverage; nothing where it has none.
-- edition_id; key, made_of, made_by, source_edition_id: what is said of it. code: of the feature
-- that has it alone, NULL: of all. EPSG:27700. Read whole, once.
INSERT INTO planning_coveragearea (key, made_of, source_edition_id, made_by, made_at, geom_27700)
SELECT %(key)s, %(made_of)s, %(edition_id)s, %(made_by)s, now(), whole
FROM (
    SELECT ST_Multi(ST_CollectionExtract(ST_Union(geom_27700), 3)) AS whole
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL
        AND (%(code)s::text IS NULL OR properties ->> 'code' = %(code)s)
) AS joined
WHERE NOT ST_IsEmpty(whole)
ON CONFLICT (key) DO NOTHING
