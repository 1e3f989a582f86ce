-- What applications are counted by, some ids at a time.
-- received_on, status, type, decision: names of properties, '' for none; a month is null where the
-- day is not known to the month. point_27700: where a site is counted, null for nowhere.
SELECT
    id,
    CASE WHEN properties ->> %(received_on)s ~ '^\d{4}-\d\d'
        THEN left(properties ->> %(received_on)s, 7) END,
    nullif(left(properties ->> %(status)s, 200), ''),
    nullif(left(properties ->> %(type)s, 200), ''),
    nullif(left(properties ->> %(decision)s, 200), ''),
    ST_X(point_27700), ST_Y(point_27700)
FROM (
    SELECT
        id, properties,
        CASE WHEN GeometryType(geom_27700) = 'POINT' AND NOT ST_IsEmpty(geom_27700)
            THEN geom_27700 ELSE ST_PointOnSurface(geom_27700) END AS point_27700
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND id > %(after)s AND id <= %(after)s + %(most)s
) AS application
