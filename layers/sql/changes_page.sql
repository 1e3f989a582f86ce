-- A page of what changed, in the order of fids: features as finished GeoJSON text, and the ids of
-- those that are gone. target_id: the edition that the page leads to; touched: a statement for the
-- features in question, one more than page_size to know whether a page follows; before: tables that
-- it reads; on_record: whether that still holds; horizon: up to where it looked, NULL for the end;
-- geometry: a feature's geometry as GeoJSON text.
-- Served by the unique index on fid.
WITH {before} touched AS MATERIALIZED ({touched})
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s),
    {on_record},
    count(*),
    max(fid) FILTER (WHERE place <= %(page_size)s),
    {horizon},
    count(found_fid) FILTER (WHERE place <= %(page_size)s),
    string_agg(
        '{{"type":"Feature","id":"' || fid
        || '","geometry":' || coalesce({geometry}, 'null')
        || ',"properties":' || properties::text
        || ',"change":{{"kind":"' || CASE
            WHEN is_new THEN 'added"'
            WHEN fields IS NULL THEN 'changed"'
            ELSE 'changed","properties":' || to_json(fields)::text
                || ',"geometry":' || shape_changed::text
        END || '}}}}',
        ',' ORDER BY place
    ) FILTER (WHERE place <= %(page_size)s AND found_fid IS NOT NULL),
    string_agg('"' || fid || '"', ',' ORDER BY place)
        FILTER (WHERE place <= %(page_size)s AND found_fid IS NULL AND NOT is_new)
FROM (
    SELECT
        touched.*, row_number() OVER (ORDER BY touched.fid) AS place,
        feature.fid AS found_fid, feature.properties, feature.geom_4326, feature.geom_27700
    FROM touched
    -- One look-up each: LIMIT keeps the planner, who knows nothing of a WITH, from reading all.
    LEFT JOIN LATERAL (
        SELECT fid, properties, geom_4326, geom_27700
        FROM layers_feature
        WHERE edition_id = {target_id} AND fid = touched.fid
        LIMIT 1
    ) AS feature ON true
) AS page
