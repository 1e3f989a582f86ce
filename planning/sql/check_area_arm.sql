-- The features of one edition that were found, with what they say of themselves.
-- An overlap is a sliver if no part of it is deeper than the layer is accurate in the site, nor in the
-- feature; and at least one of the two is broad enough there for that to tell anything.
SELECT
    place, meeting.feature_id, dimension, shared_size, distance_m, fid, properties,
    coalesce(how, CASE WHEN is_real THEN
        CASE dimension WHEN 2 THEN 'partly' ELSE 'crosses' END ELSE 'sliver' END) AS how
FROM meeting LEFT JOIN LATERAL (
    SELECT fid, properties, CASE WHEN how IS NULL THEN (
        SELECT
            CASE WHEN dimension = 2 THEN ST_Intersects(feature_core, overlap) ELSE false END
            OR NOT (
                coalesce(ST_DWithin(core, overlap, 2 * accuracy_m), false)
                OR coalesce(ST_DWithin(feature_core, overlap, 2 * accuracy_m), false)
            )
        FROM (
            SELECT
                core, overlap,
                CASE WHEN dimension = 2 THEN ST_Buffer(
                    ST_Intersection(geom_27700, ST_Expand(overlap, 4 * accuracy_m)), -accuracy_m
                ) END AS feature_core
            FROM (
                SELECT (array_agg(core))[1] AS core,
                    ST_Union(ST_CollectionExtract(shared, dimension + 1)) AS overlap
                FROM part
                WHERE part.place = meeting.place AND part.feature_id = meeting.feature_id
            ) AS whole
        ) AS deep
    ) END AS is_real
    FROM layers_feature
    WHERE edition_id = {edition_id} AND id = meeting.feature_id
    LIMIT 1
) AS feature ON true
WHERE place = {place}
