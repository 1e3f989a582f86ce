-- The features of one edition that contain a point, its edge included.
-- asked.point: EPSG:27700, metres, said once for all editions. Served by GiST on geom_27700.
(
    SELECT
        {position} AS arm, fid, properties, geom_4326,
        coalesce(centroid_4326, geom_4326) AS point_4326,
        0::float8 AS distance_m
    FROM layers_feature
    WHERE edition_id = {edition_id}
        AND ST_Intersects(geom_27700, (SELECT point FROM asked))
    ORDER BY id
    LIMIT {per_layer}
)
