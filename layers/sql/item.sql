-- One feature as GeoJSON text without its closing brace: the view adds links and licence.
-- layer_id, edition_id: literals, so that the kept plan opens one partition; fid: the feature's URL
-- segment; feature: as in a page. Served by the unique index on fid.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = {layer_id}),
    (
        SELECT {feature}
        FROM layers_feature
        WHERE edition_id = {edition_id} AND fid = %(fid)s
    )
