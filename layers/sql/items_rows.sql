-- Features in the order of their ids.
-- after: the last id of the page before, 0 for the first; page_size: the most to return.
-- columns: what of them is wanted. Served by the partition's primary key, or by the index that the
-- condition is made for.
SELECT page.*, row_number() OVER (ORDER BY id) AS place
FROM (
    SELECT id, {columns}
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND id > %(after)s AND {condition}
    ORDER BY id
    LIMIT %(page_size)s + 1
) AS page
