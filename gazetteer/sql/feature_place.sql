-- One feature of a gazetteer layer, by its id. Served by the unique index on fid.
SELECT fid, properties, ST_X(geom_27700), ST_Y(geom_27700), ST_X(geom_4326), ST_Y(geom_4326)
FROM layers_feature
WHERE edition_id = %(edition_id)s AND fid = %(fid)s AND geom_27700 IS NOT NULL
