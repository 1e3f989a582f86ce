-- The features that contain the addresses of a postcode: a row each, with the spots inside it.
-- The row of arm -1 has the number of addresses at each spot instead, in the spots' order.
-- spots: postcode_spots.sql; arms: spread_arm.sql for each layer.
WITH spot AS MATERIALIZED ({spots}),
around AS MATERIALIZED (
    SELECT ST_SetSRID(ST_Extent(geom_27700)::geometry, 27700) AS box FROM spot
)
SELECT -1 AS arm, NULL AS fid, NULL AS properties, array_agg(addresses ORDER BY place) AS spots
FROM spot
UNION ALL {arms}
ORDER BY arm, fid
