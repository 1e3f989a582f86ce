-- The features of one edition that were found, with what they say of themselves.
-- A piece's edge may lie within its feature: where the point is near one, the whole feature tells.
SELECT
    place, meeting.feature_id, dimension, distance_m, fid, properties,
    coalesce(how, CASE WHEN is_in THEN 'wholly' ELSE 'touches' END) AS how
FROM meeting LEFT JOIN LATERAL (
    SELECT fid, properties, CASE WHEN how IS NULL THEN
        ST_Intersects(geom_27700, site) AND ST_Distance(ST_Boundary(geom_27700), site) > 0.01
    END AS is_in
    FROM layers_feature
    WHERE edition_id = {edition_id} AND id = meeting.feature_id
    LIMIT 1
) AS feature ON true
WHERE place = {place}
