-- Takes properties from what is kept of the features of a layer's editions. layer_id; names.
UPDATE planning_constraintfeature
SET properties = properties - %(names)s::text[]
WHERE edition_id IN (SELECT id FROM layers_edition WHERE layer_id = %(layer_id)s)
    AND properties ?| %(names)s::text[]
