-- Writes what the features of an edition that have a place say of themselves. edition_id.
INSERT INTO planning_constraintfeature (edition_id, feature_id, fid, properties)
SELECT edition_id, id, fid, properties
FROM layers_feature
WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL
