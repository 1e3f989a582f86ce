-- Move some properties of an edition's features to those that are not public.
-- edition_id; names: of the properties.
UPDATE layers_feature
SET
    properties = properties - %(names)s::text[],
    restricted = coalesce(restricted, '{}') || (
        SELECT jsonb_object_agg(name, value)
        FROM jsonb_each(properties) AS property (name, value)
        WHERE name = ANY(%(names)s)
    )
WHERE edition_id = %(edition_id)s AND properties ?| %(names)s::text[]
