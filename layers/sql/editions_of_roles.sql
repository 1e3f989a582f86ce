-- The published editions of layers with some roles, in page order, public or not.
-- roles: an array. Every column is of a row or two for each layer: nothing of the features is read.
SELECT layer.role, layer.slug, layer.is_public, edition.id, edition.published_at
FROM layers_layer AS layer
JOIN layers_edition AS edition ON edition.id = layer.published_edition_id
WHERE layer.role = ANY(%(roles)s::text[])
ORDER BY layer.rank, layer.slug
