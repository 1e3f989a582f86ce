-- A page of features as finished GeoJSON text, in the order of their ids.
-- layer_id, edition_id; after: the last id of the page before, 0 for the first; page_size: the
-- most to return. One feature more is looked for, and not written, to know whether a page follows.
-- Served by the partition's primary key, or its GiST index on geom_4326 (degrees, lon before lat).
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s),
    count(*),
    max(id) FILTER (WHERE place <= %(page_size)s),
    string_agg(
        CASE WHEN place <= %(page_size)s THEN
            '{{"type":"Feature","id":"' || fid
            || '","geometry":' || coalesce(ST_AsGeoJSON(geom_4326, 7), 'null')
            || ',"properties":' || properties::text || '}}'
        END,
        ','
    )
FROM (
    SELECT id, fid, properties, geom_4326, row_number() OVER (ORDER BY id) AS place
    FROM (
        SELECT id, fid, properties, geom_4326
        FROM layers_feature
        WHERE edition_id = %(edition_id)s AND id > %(after)s AND {condition}
        ORDER BY id
        LIMIT %(page_size)s + 1
    ) AS page
) AS numbered
