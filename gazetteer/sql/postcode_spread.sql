-- The features that contain the addresses of a postcode, edges included: a row for each feature,
-- with the spots inside it. The row without edition has the number of addresses at each spot.
-- spots: postcode_spots.sql; editions: the layers' editions, as literals, so that the planner opens
-- those partitions and no other. Served by GiST on geom_27700.
WITH spot AS MATERIALIZED ({spots}),
around AS MATERIALIZED (
    SELECT ST_SetSRID(ST_Extent(geom_27700)::geometry, 27700) AS box FROM spot
)
SELECT NULL AS edition_id, NULL AS fid, NULL AS properties,
    array_agg(addresses ORDER BY place) AS spots
FROM spot
UNION ALL
-- A feature is the outer side: PostGIS keeps it ready for one spot after the other.
SELECT feature.edition_id, feature.fid, feature.properties, inside.spots
FROM layers_feature AS feature
CROSS JOIN LATERAL (
    SELECT array_agg(spot.place) AS spots
    FROM spot
    WHERE ST_Intersects(feature.geom_27700, spot.geom_27700)
) AS inside
WHERE feature.edition_id IN ({editions})
    AND feature.geom_27700 && (SELECT box FROM around)
    AND inside.spots IS NOT NULL
