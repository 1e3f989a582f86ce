-- Features in the order of their ids, where few are meant: none at all if they are more than `most`.
-- edition_id: a literal, so that the kept plan opens one partition; after, page_size and columns
-- as in items_rows. All that are meant are read by the index on the geometry, and put in order here.
WITH few AS MATERIALIZED (
    SELECT id, {columns}
    FROM layers_feature
    WHERE edition_id = {edition_id} AND {condition}
    LIMIT {most} + 1
)
SELECT page.*, row_number() OVER (ORDER BY id) AS place
FROM (
    SELECT *
    FROM few
    WHERE id > %(after)s AND (SELECT count(*) FROM few) <= {most}
    ORDER BY id
    LIMIT %(page_size)s + 1
) AS page
