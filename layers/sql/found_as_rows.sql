-- The same features for a page: which arm found them, and where to put a marker.
SELECT arm, fid, properties, distance_m, ST_X(point_4326), ST_Y(point_4326)
FROM ({arms}) AS found
WHERE distance_m <= %(max_distance_m)s
ORDER BY arm, distance_m
