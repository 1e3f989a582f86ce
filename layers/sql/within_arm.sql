-- The features of one edition within a distance of a point, nearest first: only what the index says
-- may be that near is measured, and once. For distances so short that little is.
-- asked.point: EPSG:27700, metres; max_distance_m. Served by GiST on geom_27700.
(
    SELECT {position} AS arm, fid, properties, geom_4326, point_4326, distance_m
    FROM (
        SELECT
            id, fid, properties, geom_4326, coalesce(centroid_4326, geom_4326) AS point_4326,
            ST_Distance(geom_27700, (SELECT point FROM asked)) AS distance_m
        FROM layers_feature
        WHERE edition_id = {edition_id}
            AND geom_27700 && ST_Expand((SELECT point FROM asked), %(max_distance_m)s::float8)
        -- By itself: ST_DWithin would go through a large outline before ST_Distance does.
        OFFSET 0
    ) AS near
    WHERE distance_m <= %(max_distance_m)s::float8
    ORDER BY distance_m, id
    LIMIT {per_layer}
)
