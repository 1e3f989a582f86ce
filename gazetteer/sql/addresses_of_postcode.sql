-- Every address of one postcode. edition_id; postcode: as "B1 1BB"; limit. Points in EPSG:27700.
-- Served by the partition's index on postcode.
SELECT fid, properties, ST_X(geom_27700), ST_Y(geom_27700), ST_X(geom_4326), ST_Y(geom_4326), 0
FROM layers_feature
WHERE edition_id = %(edition_id)s AND left(properties ->> 'postcode', 200) = %(postcode)s
    AND geom_27700 IS NOT NULL AND GeometryType(geom_27700) = 'POINT'
ORDER BY
    properties ->> 'street',
    substring(
        coalesce(properties ->> 'pao_start_number', properties ->> 'building_number')
        FROM '^[0-9]{1,9}'
    )::integer NULLS LAST,
    properties ->> 'pao_start_suffix' NULLS FIRST,
    fid
LIMIT %(limit)s
