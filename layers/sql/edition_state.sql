-- Whether an edition of a layer may be read, and what its tiles are decided by.
-- layer_id, edition_id. No row: there is no such layer; nulls: the edition is not one of it.
-- Served by primary keys, and by pg_inherits' index on inhrelid.
SELECT
    layer.changed_at,
    edition.published_at,
    edition.withdrawn_at IS NOT NULL,
    EXISTS (
        SELECT FROM pg_inherits
        WHERE inhrelid = to_regclass('layers_feature_e' || edition.id)
            AND inhparent = 'layers_feature'::regclass
            AND NOT inhdetachpending
    ),
    edition.feature_count,
    edition.extent_4326
FROM layers_layer AS layer
LEFT JOIN layers_edition AS edition
    ON edition.layer_id = layer.id AND edition.id = %(edition_id)s
WHERE layer.id = %(layer_id)s
