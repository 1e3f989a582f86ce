-- The features of one edition nearest to a point, some of each kind, nearest first.
-- easting, northing: EPSG:27700, metres. {kinds}: the properties that make a kind; per_kind: how
-- many of each. It reads the whole edition, as a kind may have one feature at its far end.
WITH asked AS MATERIALIZED (
    SELECT ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS point
), measured AS (
    SELECT
        id, fid, properties, coalesce(centroid_4326, geom_4326) AS point_4326,
        geom_27700 <-> (SELECT point FROM asked) AS distance_m
    FROM layers_feature
    WHERE edition_id = {edition_id} AND geom_27700 IS NOT NULL
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY {kinds} ORDER BY distance_m, id) AS place
    FROM measured
)
SELECT fid, properties, distance_m, ST_X(point_4326), ST_Y(point_4326)
FROM ranked
WHERE place <= {per_kind}
ORDER BY distance_m, id
