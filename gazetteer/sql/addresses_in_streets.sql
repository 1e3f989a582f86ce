-- Addresses in some streets, in the order of their house numbers; number '' means any.
-- edition_id; streets, localities: two arrays of one length. Served by the partition's index on street.
SELECT fid, properties, ST_X(geom_27700), ST_Y(geom_27700), ST_X(geom_4326), ST_Y(geom_4326)
FROM layers_feature AS feature
JOIN unnest(%(streets)s::text[], %(localities)s::text[]) WITH ORDINALITY
    AS wanted (street, locality, place)
    ON left(feature.properties ->> 'street', 200) = left(wanted.street, 200)
    AND coalesce(feature.properties ->> 'locality', '') = wanted.locality
WHERE feature.edition_id = %(edition_id)s
    AND (%(number)s = '' OR coalesce(
        feature.properties ->> 'pao_start_number', feature.properties ->> 'building_number'
    ) IN (%(number)s, %(number)s || %(suffix)s))
    AND (%(suffix)s = '' OR upper(concat(
        feature.properties ->> 'pao_start_suffix',
        substring(feature.properties ->> 'building_number' FROM '[A-Za-z]$')
    )) LIKE %(suffix)s || '%%')
ORDER BY
    wanted.place,
    substring(
        coalesce(properties ->> 'pao_start_number', properties ->> 'building_number')
        FROM '^[0-9]{1,9}'
    )::integer NULLS LAST,
    properties ->> 'pao_start_suffix' NULLS FIRST,
    fid
LIMIT %(limit)s
