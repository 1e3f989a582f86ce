-- Each name of an edition once, from all that bear it. edition_id.
INSERT INTO gazetteer_searchname (edition_id, kind, search_name, weight)
SELECT edition_id, kind, search_name, least(sum(weight), 2000000000)
FROM gazetteer_namedplace
WHERE edition_id = %(edition_id)s
GROUP BY edition_id, kind, search_name
