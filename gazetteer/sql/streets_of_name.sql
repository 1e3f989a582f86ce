-- The streets of one name. edition_id; search_name.
-- Served by gazetteer_namedplace_name.
SELECT
    kind, search_name, name, street, locality, town, around, detail, fid, weight,
    ST_X(centre_27700), ST_Y(centre_27700), longitude, latitude
FROM gazetteer_namedplace
WHERE edition_id = %(edition_id)s AND kind = 'street' AND search_name = %(search_name)s
ORDER BY weight DESC
LIMIT 500
