-- Features of one edition for a table: forwards or backwards from an id.
SELECT id, fid, properties, ST_X(point_4326), ST_Y(point_4326)
FROM (
    SELECT id, fid, properties, coalesce(centroid_4326, geom_4326) AS point_4326
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND {condition}
    ORDER BY id {direction}
    LIMIT %(page_size)s
) AS page
ORDER BY id
