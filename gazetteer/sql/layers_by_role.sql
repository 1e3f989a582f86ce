-- The layers that the gazetteer reads, where each stands, in microseconds since 1970. The first of
-- a role is the one it reads, by the order of pages. The plan is kept.
SELECT role, (extract(epoch FROM changed_at) * 1000000)::bigint
FROM layers_layer
WHERE role IN ('postcode', 'address', 'place', 'ward', 'property')
    AND published_edition_id IS NOT NULL
ORDER BY rank DESC, slug DESC
