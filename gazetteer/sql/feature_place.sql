-- One feature of a gazetteer layer, by its id. Served by the unique index on fid.
-- edition_id; fid. The point is in EPSG:27700, within the feature.
SELECT fid, properties, ST_X(point), ST_Y(point)
FROM layers_feature
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(geom_27700) AS point) AS placed
WHERE edition_id = %(edition_id)s AND fid = %(fid)s AND geom_27700 IS NOT NULL
