-- The latest features of one edition near a point, how many there are, and the latest anywhere.
-- easting, northing: EPSG:27700, metres; within_m: metres, straight, edges included.
-- date_field: a property of ISO dates; since, before: ISO dates, the first included and the last not.
-- Served by GiST on geom_27700, and for the latest anywhere by the btree of a queryable date.
WITH near AS MATERIALIZED (
    SELECT
        id, left(properties ->> %(date_field)s, 200) AS happened_on,
        geom_27700 <-> ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS distance_m
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND ST_DWithin(
            geom_27700, ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700), %(within_m)s
        )
), recent AS MATERIALIZED (
    -- Apart, because a third of a layer's dates cost more to look up than all that is near.
    SELECT * FROM near WHERE happened_on >= %(since)s AND happened_on < %(before)s
), shown AS (
    SELECT * FROM recent ORDER BY happened_on DESC, distance_m, id LIMIT %(most)s
)
SELECT
    (SELECT count(*) FROM recent),
    (
        SELECT max(left(properties ->> %(date_field)s, 200)) FROM layers_feature
        WHERE edition_id = {edition_id}
            AND left(properties ->> %(date_field)s, 200) < %(before)s
    ),
    fid, properties, distance_m, ST_X(point_4326), ST_Y(point_4326)
FROM (VALUES (1)) AS answer (given)
LEFT JOIN (
    SELECT
        shown.id, happened_on, distance_m, fid, properties,
        coalesce(centroid_4326, geom_4326) AS point_4326
    FROM shown JOIN layers_feature ON layers_feature.id = shown.id
    WHERE edition_id = {edition_id}
) AS feature ON true
ORDER BY happened_on DESC, distance_m, id
