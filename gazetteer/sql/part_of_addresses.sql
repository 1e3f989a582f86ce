-- Where the part of a postcode stands that lies in one feature: at the address nearest to its middle.
-- spots: postcode_spots.sql with the feature as its part. EPSG:27700, metres.
WITH spot AS MATERIALIZED ({spots}),
middle AS MATERIALIZED (SELECT ST_Centroid(ST_Collect(geom_27700)) AS geom_27700 FROM spot)
SELECT ST_X(ST_PointOnSurface(spot.geom_27700)), ST_Y(ST_PointOnSurface(spot.geom_27700))
FROM spot CROSS JOIN middle
ORDER BY ST_Distance(spot.geom_27700, middle.geom_27700), spot.place
LIMIT 1
