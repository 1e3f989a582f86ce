-- The names of an edition whose features are places themselves: of OS Open Names, or wards.
-- edition_id; title_field. Points in EPSG:27700, within their feature.
-- OS Open Names has a street in pieces, and postcodes, which are no names.
SELECT DISTINCT ON (name, properties ->> 'type', properties ->> 'place', properties ->> 'postcode_district')
    name,
    coalesce(properties ->> 'type', ''),
    coalesce(properties ->> 'kind', ''),
    coalesce(properties ->> 'place', ''),
    coalesce(properties ->> 'district', properties ->> 'county', ''),
    coalesce(properties ->> 'postcode_district', ''),
    fid,
    ST_X(ST_PointOnSurface(geom_27700)),
    ST_Y(ST_PointOnSurface(geom_27700))
FROM layers_feature
CROSS JOIN LATERAL (
    SELECT properties ->> %(title_field)s AS name UNION SELECT properties ->> 'other_name'
) AS named
WHERE edition_id = %(edition_id)s AND name <> '' AND geom_27700 IS NOT NULL
    AND properties ->> 'kind' IS DISTINCT FROM 'Postcode'
ORDER BY
    name, properties ->> 'type', properties ->> 'place', properties ->> 'postcode_district', fid
