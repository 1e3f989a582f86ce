-- The features of one edition nearest to a point, nearest first.
-- easting, northing: EPSG:27700, metres. Served by GiST on geom_27700 (KNN).
(
    SELECT
        {position} AS arm, fid, properties, geom_4326,
        coalesce(centroid_4326, geom_4326) AS point_4326,
        geom_27700 <-> ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS distance_m
    FROM layers_feature
    WHERE edition_id = {edition_id} AND geom_27700 IS NOT NULL
    ORDER BY geom_27700 <-> ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700)
    LIMIT %(per_layer)s
)
