-- Who bears a name with a word that may be misspelt as one of those typed, likeliest first.
-- edition_ids, kinds: two arrays of one length; variants, typed: two arrays of one length, each text
-- that shortened() makes of a typed word, and the word; front: how many letters it goes by; whole,
-- weights: two arrays of one length, words that are taken as they are, and how much each says; texts:
-- what may be the whole name; most_compared, most: of the names.
-- Served by the keys of gazetteer_wordvariant and gazetteer_nameword, and gazetteer_namedplace_name.
WITH kinds AS MATERIALIZED (
    SELECT edition_id, array_agg(kind) AS kinds
    FROM unnest(%(edition_ids)s::bigint[], %(kinds)s::text[]) AS pair (edition_id, kind)
    GROUP BY edition_id
),
word AS MATERIALIZED (
    -- Squared, so that two words that are hardly alike are less than one that nearly is the same.
    SELECT edition_id, word, max(likeness ^ 2) AS likeness
    FROM (
        SELECT
            edition.edition_id, near.word,
            length(asked.variant)::float
                / least(%(front)s, greatest(length(near.word), length(asked.typed))) AS likeness
        FROM unnest(%(variants)s::text[], %(typed)s::text[]) AS asked (variant, typed)
        CROSS JOIN kinds AS edition
        JOIN gazetteer_wordvariant AS near
            ON near.edition_id = edition.edition_id AND near.variant = asked.variant
        WHERE abs(length(near.word) - length(asked.typed)) <= 2
            -- As begin_alike(): what else is found here would not be compared.
            AND (
                left(near.word, 1) = left(asked.typed, 1)
                OR substr(near.word, 2, 2) = substr(asked.typed, 2, 2)
                OR left(near.word, 2) = substr(asked.typed, 2, 2)
                OR substr(near.word, 2, 2) = left(asked.typed, 2)
                OR left(near.word, 2) = reverse(left(asked.typed, 2))
            )
        UNION ALL
        SELECT edition.edition_id, typed, weight
        FROM unnest(%(whole)s::text[], %(weights)s::float[]) AS asked (typed, weight)
        CROSS JOIN kinds AS edition
    ) AS alike
    GROUP BY 1, 2
),
likely AS MATERIALIZED (
    SELECT edition_id, kind, search_name, sum(word.likeness) AS of_words
    FROM word
    JOIN gazetteer_nameword USING (edition_id, word)
    JOIN kinds USING (edition_id)
    WHERE kind = ANY(kinds.kinds)
    GROUP BY 1, 2, 3
    -- Comparing whole names takes longer than all the rest.
    ORDER BY of_words DESC
    LIMIT %(most_compared)s
),
found AS (
    SELECT likely.*, whole.likeness
    FROM likely CROSS JOIN LATERAL (
        SELECT max(similarity(search_name, text)) AS likeness
        FROM unnest(%(texts)s::text[]) AS text
    ) AS whole
    ORDER BY of_words + whole.likeness DESC
    LIMIT %(most)s
)
SELECT
    place.kind, place.search_name, place.name, place.street, place.locality,
    place.town, place.around, place.detail, place.fid, place.weight,
    ST_X(place.centre_27700), ST_Y(place.centre_27700), place.longitude, place.latitude,
    found.likeness
FROM found
JOIN gazetteer_namedplace AS place USING (edition_id, kind, search_name)
ORDER BY found.likeness DESC, place.weight DESC
LIMIT 400
