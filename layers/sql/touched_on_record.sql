-- The features that several steps together touch. Each step gives the first of its own, so the
-- first of all of them are complete. is_new: who has the earliest edition does not have it.
-- fields: those that differ and are public; NULL for a feature that was gone in between.
-- public_fields: names.
SELECT
    fid,
    (array_agg(kind ORDER BY step))[1] = 'added' AS is_new,
    CASE WHEN bool_and(kind = 'changed') THEN array_remove(array_agg(DISTINCT name), NULL) END
        AS fields,
    bool_or(shape_changed) AS shape_changed
FROM ({steps}) AS steps
LEFT JOIN LATERAL unnest(fields) AS name ON name = ANY(%(public_fields)s)
GROUP BY fid
ORDER BY fid
LIMIT %(page_size)s + 1
