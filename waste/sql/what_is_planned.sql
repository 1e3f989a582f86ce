-- Rules, days, changes and notices that are about one place on some rounds.
-- rounds, dates, changes, notices: arrays of editions. names: rounds. uprn: of whom days are given
-- one by one. first, last: the days asked for; changes_first, changes_last: those from which and to
-- which something may be moved. easting, northing: EPSG:27700, metres. ISO dates compare as texts.
-- Served by the indexes on round and uprn; changes and notices are few.
SELECT 'rule' AS arm, id, properties FROM layers_feature
WHERE edition_id = ANY(%(rounds)s::bigint[])
    AND left(properties ->> 'round', 200) = ANY(%(names)s::text[])
UNION ALL
SELECT 'own day', id, properties FROM layers_feature
WHERE edition_id = ANY(%(dates)s::bigint[])
    AND left(properties ->> 'uprn', 200) = %(uprn)s
UNION ALL
SELECT 'day', id, properties FROM layers_feature
WHERE edition_id = ANY(%(dates)s::bigint[])
    AND left(properties ->> 'round', 200) = ANY(%(names)s::text[])
UNION ALL
SELECT 'change', id, properties FROM layers_feature
WHERE edition_id = ANY(%(changes)s::bigint[])
    AND least(properties ->> 'moved_to', properties ->> 'planned_on') <= %(changes_last)s::date::text
    AND greatest(
        properties ->> 'moved_to', properties ->> 'planned_on', properties ->> 'planned_to'
    ) >= %(changes_first)s::date::text
UNION ALL
SELECT 'notice', id, properties FROM layers_feature
WHERE edition_id = ANY(%(notices)s::bigint[])
    AND coalesce(properties ->> 'starts_on', '') <= %(last)s::date::text
    AND coalesce(properties ->> 'ends_on', '9999') >= %(first)s::date::text
    AND (
        geom_27700 IS NULL
        OR ST_Intersects(geom_27700, ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700))
    )
ORDER BY arm, id
