-- The features of one edition nearest to a point, nearest first.
-- asked.point: EPSG:27700, metres, said once for all editions. Served by GiST on geom_27700 (KNN).
(
    SELECT
        {position} AS arm, fid, properties, geom_4326,
        coalesce(centroid_4326, geom_4326) AS point_4326,
        geom_27700 <-> (SELECT point FROM asked) AS distance_m
    FROM layers_feature
    WHERE edition_id = {edition_id} AND geom_27700 IS NOT NULL
    ORDER BY geom_27700 <-> (SELECT point FROM asked)
    LIMIT {per_layer}
)
