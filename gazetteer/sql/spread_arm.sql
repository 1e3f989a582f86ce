-- The features of one edition that contain a spot, edges included, and which spots.
-- A feature is the outer side of the join: PostGIS then keeps it ready for one spot after the other.
-- Served by GiST on geom_27700.
SELECT {position}, feature.fid, feature.properties, inside.spots
FROM layers_feature AS feature
CROSS JOIN LATERAL (
    SELECT array_agg(spot.place) AS spots
    FROM spot
    WHERE ST_Intersects(feature.geom_27700, spot.geom_27700)
) AS inside
WHERE feature.edition_id = {edition_id}
    AND feature.geom_27700 && (SELECT box FROM around)
    AND inside.spots IS NOT NULL
