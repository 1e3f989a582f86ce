-- Writes an area of coverage less where rows lie that were kept out of an edition. Those that repeat a
-- feature, or a part of it, are no gap. whole: the key of the area; edition_id; accuracy_m: metres around
-- points and lines; key, made_of, made_by: what is said of it. EPSG:27700. Read whole, once.
INSERT INTO planning_coveragearea (key, made_of, source_edition_id, made_by, made_at, geom_27700)
SELECT %(key)s, %(made_of)s, source_edition_id, %(made_by)s, now(),
    ST_Multi(ST_CollectionExtract(
        ST_Difference(geom_27700, coalesce(gaps, ST_SetSRID('POLYGON EMPTY'::geometry, 27700))), 3
    ))
FROM planning_coveragearea, (
    SELECT ST_Union(
        CASE WHEN ST_Dimension(lacking.geom_27700) = 2 THEN lacking.geom_27700
            ELSE ST_Buffer(lacking.geom_27700, %(accuracy_m)s) END
    ) AS gaps
    FROM layers_keptoutshape AS lacking
    WHERE edition_id = %(edition_id)s AND NOT EXISTS (
        SELECT FROM layers_feature AS feature
        WHERE feature.edition_id = %(edition_id)s
            AND ST_Covers(feature.geom_27700, lacking.geom_27700)
    )
) AS kept_out
WHERE key = %(whole)s
ON CONFLICT (key) DO NOTHING
