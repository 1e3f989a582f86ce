-- A tile of cells as it was made with its edition: whether any were made, and its bytes, NULL if it
-- is empty. layer_id, edition_id, zoom, column, row.
-- Served by the primary key. A tile of zoom 0 is made of every edition that has any.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s),
    EXISTS (SELECT FROM layers_celltile WHERE edition_id = %(edition_id)s AND zoom = 0),
    (
        SELECT body FROM layers_celltile
        WHERE edition_id = %(edition_id)s AND zoom = %(zoom)s
            AND tile_column = %(column)s AND tile_row = %(row)s
    )
