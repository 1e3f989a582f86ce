-- What is new, different and gone in edition_new against edition_old, by the source's keys.
-- Both are read once, whole; the keys' unique indexes are not needed.
SELECT
    count(*) FILTER (WHERE old.fid IS NULL),
    count(*) FILTER (
        WHERE old.fid IS NOT NULL AND new.fid IS NOT NULL AND (
            old.properties IS DISTINCT FROM new.properties
            OR old.restricted IS DISTINCT FROM new.restricted
            OR ST_AsEWKB(old.geom_27700) IS DISTINCT FROM ST_AsEWKB(new.geom_27700)
        )
    ),
    count(*) FILTER (WHERE new.fid IS NULL)
FROM {new} AS new FULL JOIN {old} AS old USING (fid)
