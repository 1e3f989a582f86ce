-- The features that differ between two kept editions, of which no record says so: the next few of
-- both are read in the order of their fids, so that a page costs the same however large the layer.
-- horizon: up to where both were read; NULL at the end. Served by the unique index on fid.
SELECT
    fid,
    earlier.fid IS NULL AS is_new,
    CASE
        WHEN earlier.properties = later.properties THEN '{{}}'
        ELSE ARRAY(
            SELECT name
            FROM jsonb_each(earlier.properties) AS before (name, value)
            FULL JOIN jsonb_each(later.properties) AS after (name, value) USING (name)
            WHERE before.value IS DISTINCT FROM after.value AND name = ANY(%(public_fields)s)
        )
    END AS fields,
    earlier.shapes IS DISTINCT FROM later.shapes AS shape_changed
FROM earlier FULL JOIN later USING (fid)
WHERE (fid <= (SELECT fid FROM horizon) OR (SELECT fid FROM horizon) IS NULL)
    AND (
        earlier.fid IS NULL OR later.fid IS NULL
        OR earlier.properties <> later.properties
        OR earlier.shapes IS DISTINCT FROM later.shapes
    )
ORDER BY fid
LIMIT %(page_size)s + 1
