-- Features in the order of some properties: those that have the first, then those that have not.
-- Up to twice page_size + 1 rows; which come first is what counts.
-- with_first, without_first: which features are of each kind and come after the last one of the
-- page before; with_order, without_order. Served by the btree on the first property.
SELECT both_arms.*, row_number() OVER (ORDER BY arm, place_in_arm) AS place
FROM (
    SELECT 1 AS arm, row_number() OVER () AS place_in_arm, with_it.*
    FROM (
        SELECT id, {columns}
        FROM layers_feature
        WHERE edition_id = %(edition_id)s AND {with_first} AND {condition}
        ORDER BY {with_order}
        LIMIT %(page_size)s + 1
    ) AS with_it
    UNION ALL
    SELECT 2 AS arm, row_number() OVER () AS place_in_arm, without_it.*
    FROM (
        SELECT id, {columns}
        FROM layers_feature
        WHERE edition_id = %(edition_id)s AND {without_first} AND {condition}
        ORDER BY {without_order}
        LIMIT %(page_size)s + 1
    ) AS without_it
) AS both_arms
