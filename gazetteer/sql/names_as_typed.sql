-- Who bears a name that was typed in full, or whose beginning was typed last.
-- edition_ids, kinds: two arrays of one length; runs: names in full; beginnings: of names;
-- most: of the names of each beginning. Served by gazetteer_namedplace_name.
WITH wanted AS (
    SELECT * FROM unnest(%(edition_ids)s::bigint[], %(kinds)s::text[]) AS pair (edition_id, kind)
),
found AS (
    SELECT edition_id, kind, run AS search_name
    FROM wanted CROSS JOIN unnest(%(runs)s::text[]) AS run
    UNION
    SELECT edition_id, kind, begun.search_name
    FROM wanted
    CROSS JOIN unnest(%(beginnings)s::text[]) AS beginning
    CROSS JOIN LATERAL (
        SELECT search_name
        FROM gazetteer_namedplace AS name
        WHERE name.edition_id = wanted.edition_id AND name.kind = wanted.kind
            -- As LIKE would, but that the planner might look for a pattern elsewhere.
            AND name.search_name ~>=~ beginning AND name.search_name ~<~ (beginning || '~')
        GROUP BY search_name
        ORDER BY sum(weight) DESC
        LIMIT %(most)s
    ) AS begun
)
SELECT
    place.kind, place.search_name, place.name, place.street, place.locality,
    place.town, place.around, place.detail, place.fid, place.weight,
    ST_X(place.centre_27700), ST_Y(place.centre_27700), place.longitude, place.latitude,
    0.0
FROM found
JOIN gazetteer_namedplace AS place USING (edition_id, kind, search_name)
ORDER BY place.weight DESC
LIMIT 400
