-- Who bears one of the names most like some texts: trigram distance over a few thousand names.
-- edition_ids, kinds: two arrays of one length; texts: as search_name() makes them; most: of the
-- names for each text. Served by gazetteer_searchname_trgm, then by gazetteer_namedplace_name.
WITH found AS (
    SELECT pair.edition_id, pair.kind, near.search_name, max(similarity(near.search_name, text)) AS likeness
    FROM unnest(%(edition_ids)s::bigint[], %(kinds)s::text[]) AS pair (edition_id, kind)
    CROSS JOIN unnest(%(texts)s::text[]) AS text
    CROSS JOIN LATERAL (
        SELECT search_name
        FROM gazetteer_searchname AS name
        WHERE name.edition_id = pair.edition_id AND name.kind = pair.kind
        ORDER BY name.search_name <-> text
        LIMIT %(most)s
    ) AS near
    GROUP BY 1, 2, 3
)
SELECT
    place.edition_id, place.kind, place.search_name, place.name, place.street, place.locality,
    place.town, place.around, place.detail, place.fid, place.weight,
    ST_X(place.centre_27700), ST_Y(place.centre_27700), found.likeness
FROM found
JOIN gazetteer_namedplace AS place USING (edition_id, kind, search_name)
ORDER BY found.likeness DESC, place.weight DESC
LIMIT 400
