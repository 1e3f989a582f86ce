-- A page of features as rows for a list, with the point where a marker goes.
-- rows: the statement that gives them, numbered by `place`, one more than page_size to know whether
-- a page follows; distance_m: the straight distance of a row in metres, or null.
SELECT
    numbered.id, numbered.fid, numbered.properties, {distance_m},
    ST_X(point_4326), ST_Y(point_4326)
FROM ({rows}) AS numbered
JOIN (
    SELECT id, coalesce(centroid_4326, geom_4326) AS point_4326
    FROM layers_feature
    WHERE edition_id = %(edition_id)s
) AS placed ON placed.id = numbered.id
WHERE place <= %(page_size)s + 1
ORDER BY place
