-- Which steps from one edition to another are on record, and in which direction: 'there', 'back'
-- (what changed on the way back is the same, turned round) or 'same', where nothing differs.
-- later, earlier: arrays of edition ids, a step each. Served by layers_change_pair, which ORDER BY
-- makes it look into: for EXISTS it would read the table until it finds a row.
SELECT
    CASE
        WHEN (
            SELECT fid FROM layers_change
            WHERE edition_id = step.later AND since_id = step.earlier
            ORDER BY fid LIMIT 1
        ) IS NOT NULL THEN 'there'
        WHEN (
            SELECT fid FROM layers_change
            WHERE edition_id = step.earlier AND since_id = step.later
            ORDER BY fid LIMIT 1
        ) IS NOT NULL THEN 'back'
        WHEN EXISTS (
            SELECT 1 FROM layers_edition
            WHERE (
                (id = step.later AND compared_with_id = step.earlier)
                OR (id = step.earlier AND compared_with_id = step.later)
            ) AND added + changed + removed = 0
        ) THEN 'same'
    END
FROM unnest(%(later)s::bigint[], %(earlier)s::bigint[]) WITH ORDINALITY AS step (later, earlier, place)
ORDER BY place
