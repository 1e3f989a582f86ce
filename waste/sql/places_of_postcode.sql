-- Every home of a postcode. address_editions; postcode: with its space. Businesses, land and the
-- shells of buildings have no household collection. Served by the partition's index on postcode.
SELECT fid AS uprn, ST_X(geom_27700) AS easting, ST_Y(geom_27700) AS northing
FROM layers_feature
WHERE edition_id = ANY(%(address_editions)s::bigint[])
    AND left(properties ->> 'postcode', 200) = %(postcode)s
    AND coalesce(properties ->> 'classification', 'R') LIKE 'R%%'
    AND geom_27700 IS NOT NULL
