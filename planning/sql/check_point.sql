-- The same of a site of which no more than a point is known.
-- site: EWKB in EPSG:27700, metres. Parameters, columns and indexes as in check_area.sql.
WITH asked AS MATERIALIZED (SELECT ST_GeomFromEWKB(%(site)s) AS site),
wanted AS MATERIALIZED (
    SELECT *
    FROM unnest(
        %(edition_ids)s::bigint[], %(layer_ids)s::bigint[],
        %(accuracies_m)s::float8[], %(margins_m)s::float8[]
    ) WITH ORDINALITY AS each (edition_id, layer_id, accuracy_m, margin_m, place)
),
met AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension,
        bool_or(
            dimension = 2 AND ST_Intersects(piece, site)
            AND ST_Distance(ST_Boundary(piece), site) > 0.01
        ) AS is_deep
    FROM asked, wanted, LATERAL (
        SELECT feature_id, dimension, geom_27700 AS piece
        FROM planning_piece
        WHERE edition_id = wanted.edition_id AND ST_DWithin(geom_27700, asked.site, 0.01)
        -- By itself, so that older editions are not looked through as well.
        OFFSET 0
    ) AS near
    GROUP BY place, edition_id, feature_id, dimension
),
meeting AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, site, 0::float8 AS distance_m,
        CASE
            WHEN dimension = 0 THEN 'inside'
            WHEN dimension = 1 THEN 'crosses'
            WHEN is_deep THEN 'wholly'
        END AS how
    FROM met, asked
    UNION ALL
    SELECT place, edition_id, feature_id, dimension, NULL, distance_m, 'nearest'
    FROM asked, wanted, LATERAL (
        SELECT feature_id, dimension, geom_27700 <-> asked.site AS distance_m
        FROM planning_piece
        WHERE edition_id = wanted.edition_id
            AND geom_27700 && ST_Expand(asked.site, wanted.margin_m)
        ORDER BY geom_27700 <-> asked.site
        LIMIT 1
    ) AS nearest
    WHERE distance_m <= margin_m AND NOT EXISTS (SELECT FROM met WHERE met.place = wanted.place)
),
feature AS MATERIALIZED ({arms}),
-- A piece's edge may lie within its feature: where the point is near one, the whole feature tells.
found AS MATERIALIZED (
    SELECT place, feature_id, dimension, distance_m, fid, properties, coalesce(
        how,
        CASE WHEN ST_Intersects(whole, site) AND ST_Distance(ST_Boundary(whole), site) > 0.01
            THEN 'wholly' ELSE 'touches' END
    ) AS how
    FROM feature
),
covering AS MATERIALIZED (
    SELECT place, stated.edition_id IS NOT NULL AS is_prepared, stated.area_id
    FROM wanted LEFT JOIN LATERAL (
        SELECT edition_id, area_id
        FROM planning_coverage
        WHERE edition_id = wanted.edition_id
        -- The newest by then; else the first that there was.
        ORDER BY coalesce(since > %(moment)s, false), CASE WHEN since > %(moment)s THEN id ELSE -id END
        LIMIT 1
    ) AS stated ON true
),
covered AS MATERIALIZED (
    SELECT DISTINCT area_id, 1::float8 AS covered_size
    FROM asked, planning_coveragepiece AS piece
    WHERE area_id IN (SELECT area_id FROM covering) AND ST_Intersects(geom_27700, asked.site)
)
SELECT
    wanted.place,
    published_edition_id,
    is_prepared AND EXISTS (
        SELECT FROM pg_inherits
        WHERE inhrelid = to_regclass('layers_feature_e' || wanted.edition_id)
            AND inhparent = 'layers_feature'::regclass
            AND NOT inhdetachpending
    ),
    covering.area_id IS NOT NULL,
    coalesce(covered_size, 0),
    NULL::float8,
    found.feature_id, found.dimension, how, NULL::float8, distance_m, fid, properties
FROM wanted
JOIN covering USING (place)
LEFT JOIN covered USING (area_id)
LEFT JOIN layers_layer AS layer ON layer.id = wanted.layer_id
LEFT JOIN found USING (place)
ORDER BY place, found.feature_id
