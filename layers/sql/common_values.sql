-- The different values of one property in an edition, in order, one more than `most` at most: each
-- is looked up as the next after the one before.
-- value: SQL of the property, as its index has it. Served by the property's own btree.
WITH RECURSIVE found AS (
    (
        SELECT {value} AS value, 1 AS place
        FROM layers_feature
        WHERE edition_id = {edition_id} AND {value} IS NOT NULL
        ORDER BY {value}
        LIMIT 1
    )
    UNION ALL
    SELECT following.value, found.place + 1
    FROM found, LATERAL (
        SELECT {value} AS value
        FROM layers_feature
        WHERE edition_id = {edition_id} AND {value} > found.value
        ORDER BY {value}
        LIMIT 1
    ) AS following
    WHERE found.place <= %(most)s
)
SELECT value FROM found
