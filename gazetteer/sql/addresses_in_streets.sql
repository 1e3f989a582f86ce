-- Addresses in some streets, in the order of their house numbers; number '' means any. Of streets of
-- one rank the first of each comes first, then the second of each; before them all of a lower rank.
-- edition_id, as a literal, so that no other partition is opened; streets, localities, towns,
-- buildings, ranks: arrays of one length, a building '' means any; number, suffix, and house: both
-- with the end of a range, "2A-4"; limit. Points in EPSG:27700. Served by the partition's index on
-- street. The plan is kept.
WITH wanted AS MATERIALIZED (
    SELECT *
    FROM unnest(
        %(streets)s::text[], %(localities)s::text[], %(towns)s::text[], %(buildings)s::text[],
        %(ranks)s::integer[]
    ) WITH ORDINALITY AS each (street, locality, town, building, rank, place)
),
-- Streets of one name in several localities are looked through once.
house AS MATERIALIZED (
    SELECT fid, properties, geom_27700, geom_4326, name.street, start
    FROM (SELECT DISTINCT left(street, 200) AS street FROM wanted) AS name
    JOIN layers_feature AS feature ON left(feature.properties ->> 'street', 200) = name.street
    CROSS JOIN LATERAL (
        SELECT
            coalesce(
                feature.properties ->> 'pao_start_number', feature.properties ->> 'building_number'
            ) AS start,
            feature.properties ->> 'pao_end_number' AS last
    ) AS number
    WHERE feature.edition_id = {edition_id} AND geom_27700 IS NOT NULL
        AND GeometryType(geom_27700) = 'POINT'
        AND (%(number)s::text = '' OR start IN (%(number)s, %(number)s || %(suffix)s, %(house)s) OR (
            last IS NOT NULL AND last ~ '^[0-9]{{1,5}}$' AND start ~ '^[0-9]{{1,5}}$'
            AND nullif(%(number)s, '')::integer BETWEEN start::integer AND last::integer
        ))
        AND (%(suffix)s::text = '' OR upper(concat(
            feature.properties ->> 'pao_start_suffix',
            substring(feature.properties ->> 'building_number' FROM '[A-Za-z]$')
        )) LIKE %(suffix)s || '%%')
)
SELECT fid, properties, ST_X(geom_27700), ST_Y(geom_27700), ST_X(geom_4326), ST_Y(geom_4326), wanted.place - 1
FROM house
JOIN wanted
    ON house.street = left(wanted.street, 200)
    AND coalesce(properties ->> 'locality', '') = wanted.locality
    AND coalesce(properties ->> 'town', properties ->> 'post_town', '') = wanted.town
    AND (wanted.building = '' OR wanted.building IN (
        properties ->> 'organisation', properties ->> 'building_name', properties ->> 'pao_text'
    ))
WINDOW of_street AS (
    PARTITION BY wanted.place
    ORDER BY
        substring(start FROM '^[0-9]{{1,9}}')::integer NULLS LAST,
        properties ->> 'pao_start_suffix' NULLS FIRST,
        fid
)
ORDER BY wanted.rank, row_number() OVER of_street, wanted.place
LIMIT %(limit)s
