-- The features of one edition that were found: whole where that is needed to tell how they meet.
SELECT meeting.*, fid, properties, CASE WHEN how IS NULL THEN geom_27700 END AS whole
FROM meeting LEFT JOIN LATERAL (
    SELECT fid, properties, geom_27700 FROM layers_feature
    WHERE edition_id = {edition_id} AND id = feature_id LIMIT 1
) AS stored ON true
WHERE place = {place}
