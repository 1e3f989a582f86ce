-- Whether a calendar has a day that a change is about. editions: an array. round, service: '' is any.
-- first, last: planned days. Reads whole editions where none is found, once for an import.
SELECT EXISTS (
    SELECT 1 FROM layers_feature
    WHERE edition_id = ANY(%(editions)s::bigint[])
        AND properties ->> 'collected_on' BETWEEN %(first)s::date::text AND %(last)s::date::text
        AND (%(round)s = '' OR lower(properties ->> 'round') = lower(%(round)s))
        AND lower(%(service)s) IN (
            '', lower(properties ->> 'service'), properties ->> 'service_kind'
        )
)
