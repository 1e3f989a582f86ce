-- Every service of every round that is published, in rounds or in calendars.
-- editions: an array. Reads them whole, once for an import.
SELECT DISTINCT
    properties ->> 'round' AS round, properties ->> 'service' AS service,
    properties ->> 'service_kind' AS service_kind
FROM layers_feature
WHERE edition_id = ANY(%(editions)s::bigint[])
