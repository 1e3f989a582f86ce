-- A page of an edition's features for a list, by what people call them: 2 before 10.
-- name: how a feature is called, from its title field %(title_field)s (see `layers.query.rows`).
-- after: the id of the last feature of the page before, 0 for the first page. Where the edition has
-- no such feature (any more), the list begins anew.
-- No index serves the order, so `condition` should mean some thousands of features at most.
SELECT id, fid, properties, ST_X(point_4326), ST_Y(point_4326)
FROM (
    SELECT
        id, fid, properties, coalesce(centroid_4326, geom_4326) AS point_4326,
        {name} COLLATE by_name AS name
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND {condition}
) AS meant
WHERE
    coalesce(
        (name, id) > (
            SELECT {name} COLLATE by_name, id
            FROM layers_feature
            WHERE edition_id = %(edition_id)s AND id = %(after)s
        ),
        TRUE
    )
ORDER BY name, id
LIMIT %(page_size)s
