-- What a check returns, whatever the site is: of `found`, `met`, `covered` and `together`.
nearest AS MATERIALIZED (
    SELECT DISTINCT ON (place) place, edition_id, feature_id, dimension, distance_m
    FROM (
        SELECT
            place, edition_id, feature_id, dimension, margin_m, ST_Distance(piece, site) AS distance_m
        FROM asked, around
        WHERE place NOT IN (SELECT place FROM met)
    ) AS near
    WHERE distance_m <= margin_m
    ORDER BY place, distance_m, feature_id
),
said AS MATERIALIZED (
    SELECT place, feature_id, dimension, how, shared_size, distance_m, fid, properties
    FROM (
        SELECT place, edition_id, feature_id, dimension, how, shared_size, 0::float8 AS distance_m
        FROM found
        UNION ALL
        SELECT place, edition_id, feature_id, dimension, 'nearest', NULL, distance_m FROM nearest
    ) AS each LEFT JOIN planning_constraintfeature AS feature USING (edition_id, feature_id)
),
standing AS MATERIALIZED ({standing}),
layer AS MATERIALIZED (
    SELECT
        place, published_edition_id, union_size, area_id, covered_size,
        coalesce(covered_size, 0) < area_m2 AND EXISTS (
            SELECT FROM layers_keptoutshape AS lacking
            WHERE lacking.edition_id = wanted.edition_id
                AND lacking.geom_27700 && ST_Expand(site, accuracy_m)
                AND ST_DWithin(lacking.geom_27700, site, accuracy_m)
        ) AS is_row_missing,
        covering.place IS NOT NULL AND EXISTS (
            SELECT FROM pg_inherits
            WHERE inhrelid = to_regclass('layers_feature_e' || edition_id)
                AND inhparent = 'layers_feature'::regclass
                AND NOT inhdetachpending
        ) AS is_kept
    FROM asked CROSS JOIN wanted
    LEFT JOIN covering USING (place)
    LEFT JOIN covered USING (area_id)
    LEFT JOIN together USING (place)
    LEFT JOIN layers_layer ON layers_layer.id = layer_id
)
SELECT
    place,
    (SELECT digest = %(digest)s FROM standing),
    published_edition_id,
    is_kept,
    area_id IS NOT NULL,
    coalesce(covered_size, 0),
    union_size,
    is_row_missing,
    feature_id, dimension, how, shared_size, distance_m, fid, properties
FROM layer LEFT JOIN said USING (place)
ORDER BY place, feature_id
