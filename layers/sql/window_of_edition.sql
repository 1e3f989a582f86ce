-- The next few features of an edition in the order of their fids, with their shapes' fingerprints.
SELECT
    fid, properties,
    md5(ST_AsEWKB(geom_4326)) || md5(ST_AsEWKB(geom_27700)) AS shapes
FROM layers_feature
WHERE edition_id = {edition_id} AND fid > %(after)s
ORDER BY fid
LIMIT %(window)s
