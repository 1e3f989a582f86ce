-- The street names most like what was typed, best first: trigram distance over a few thousand names.
-- edition_id; name: as search_name() makes it; least: similarity below which nothing is shown.
-- Served by gazetteer_street_trgm.
SELECT name, locality, similarity(search_name, %(name)s)
FROM gazetteer_street
WHERE edition_id = %(edition_id)s
    AND (similarity(search_name, %(name)s) >= %(least)s OR search_name LIKE %(prefix)s)
ORDER BY (search_name = %(name)s) DESC, search_name <-> %(name)s, address_count DESC
LIMIT %(limit)s
