-- The addresses of one edition on a site, at its edge, or within some metres of it, nearest first.
-- site: WKB in EPSG:27700; within_m, metres; limit. Served by GiST on geom_27700.
SELECT
    fid, properties, ST_Distance(geom_27700, site) AS distance_m,
    ST_X(ST_Centroid(geom_27700)), ST_Y(ST_Centroid(geom_27700))
FROM layers_feature, (SELECT ST_GeomFromWKB(%(site)s, 27700) AS site) AS asked
WHERE edition_id = {edition_id} AND ST_DWithin(geom_27700, site, %(within_m)s)
ORDER BY distance_m, fid
LIMIT %(limit)s
