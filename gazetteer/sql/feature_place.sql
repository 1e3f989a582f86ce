-- One feature of a gazetteer layer, by its id. Served by the unique index on fid.
-- edition_id; fid. The point is in EPSG:27700, within the feature; in degrees where the feature is one.
SELECT
    fid, properties, ST_X(point), ST_Y(point),
    CASE WHEN GeometryType(geom_4326) = 'POINT' THEN ST_X(geom_4326) END,
    CASE WHEN GeometryType(geom_4326) = 'POINT' THEN ST_Y(geom_4326) END
FROM layers_feature
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(geom_27700) AS point) AS placed
WHERE edition_id = %(edition_id)s AND fid = %(fid)s AND geom_27700 IS NOT NULL
