-- What is new, different and gone in one edition against another, by the source's keys, kept row by
-- row. Both are read once, whole; a row's fields are taken apart only where something differs.
-- {new}, {old}: tables of features; {edition}, {since}: their editions. Metres are of EPSG:27700.
-- Degrees are compared too: of a source in degrees the metres are rounded to a millimetre, and
-- those who copy the degrees would keep an older last digit.
INSERT INTO layers_change (edition_id, since_id, fid, kind, fields, shape_changed, moved_m)
SELECT
    {edition}, {since}, fid,
    CASE WHEN old.key IS NULL THEN 'added' WHEN new.key IS NULL THEN 'removed' ELSE 'changed' END,
    CASE
        WHEN old.properties IS DISTINCT FROM new.properties
            AND old.key IS NOT NULL AND new.key IS NOT NULL
        THEN ARRAY(
            SELECT name
            FROM jsonb_each(old.properties) AS before (name, value)
            FULL JOIN jsonb_each(new.properties) AS after (name, value) USING (name)
            WHERE before.value IS DISTINCT FROM after.value
            ORDER BY name
        )
        ELSE '{{}}'
    END,
    old.key IS NOT NULL AND new.key IS NOT NULL AND (
        ST_AsEWKB(old.geom_27700) IS DISTINCT FROM ST_AsEWKB(new.geom_27700)
        OR ST_AsEWKB(old.geom_4326) IS DISTINCT FROM ST_AsEWKB(new.geom_4326)
    ),
    CASE WHEN ST_AsEWKB(old.geom_27700) IS DISTINCT FROM ST_AsEWKB(new.geom_27700)
        THEN ST_Distance(ST_Centroid(old.geom_27700), ST_Centroid(new.geom_27700)) END
FROM {new} AS new FULL JOIN {old} AS old USING (fid)
WHERE old.key IS NULL OR new.key IS NULL
    OR old.properties IS DISTINCT FROM new.properties
    OR old.restricted IS DISTINCT FROM new.restricted
    OR ST_AsEWKB(old.geom_27700) IS DISTINCT FROM ST_AsEWKB(new.geom_27700)
    OR ST_AsEWKB(old.geom_4326) IS DISTINCT FROM ST_AsEWKB(new.geom_4326)
