-- easting, northing: EPSG:27700, metres.
-- The same features for a page: which arm found them, and where to put a marker.
WITH asked AS MATERIALIZED (
    SELECT ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS point
)
SELECT arm, fid, properties, distance_m, ST_X(point_4326), ST_Y(point_4326)
FROM ({arms}) AS found
WHERE distance_m <= %(max_distance_m)s
ORDER BY arm, distance_m
