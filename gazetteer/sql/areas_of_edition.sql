-- The localities and towns that an edition's names are in. edition_id. Remembered for the edition.
SELECT DISTINCT area
FROM gazetteer_namedplace
CROSS JOIN LATERAL (VALUES (locality), (town)) AS named (area)
WHERE edition_id = %(edition_id)s AND kind = 'street' AND area <> ''
LIMIT 2000
