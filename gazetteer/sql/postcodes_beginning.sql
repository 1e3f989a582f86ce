-- Postcodes that begin with a district and a part of what follows, and the middle of all of them.
-- edition_id; beginning: without a space; after: the first text behind all that begin so; outward:
-- how many characters of each are the district, the last three never; most.
-- In EPSG:27700. Served by the unique index on fid.
SELECT fid, properties, ST_X(geom_27700), ST_Y(geom_27700), ST_X(geom_4326), ST_Y(geom_4326),
    avg(ST_X(geom_27700)) OVER (), avg(ST_Y(geom_27700)) OVER ()
FROM layers_feature
WHERE edition_id = %(edition_id)s AND fid >= %(beginning)s AND fid < %(after)s
    AND starts_with(fid, %(beginning)s) AND length(fid) = %(outward)s + 3
    AND geom_27700 IS NOT NULL AND GeometryType(geom_27700) = 'POINT'
ORDER BY fid
LIMIT %(most)s
