-- Features found around a point, from several layers, as finished GeoJSON text.
-- easting, northing: EPSG:27700, metres.
-- layer_ids: to say when each last changed. members: what is added to each feature's properties.
WITH asked AS MATERIALIZED (
    SELECT ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS point
)
SELECT
    (SELECT array_agg(changed_at ORDER BY id) FROM layers_layer WHERE id = ANY(%(layer_ids)s)),
    count(*),
    string_agg(
        '{{"type":"Feature","id":"' || fid
        || '","geometry":' || coalesce(ST_AsGeoJSON(geom_4326, 7), 'null')
        || ',"properties":' || (properties || jsonb_build_object({members}))::text || '}}',
        ',' ORDER BY {order}
    )
FROM ({arms}) AS found
WHERE distance_m <= %(max_distance_m)s
