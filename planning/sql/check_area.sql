-- What some layers have to say of a site that is an area: one row for each finding, or nearest
-- feature, or layer that has neither.
-- site: EWKB in EPSG:27700, metres. edition_ids, layer_ids, accuracies_m, margins_m: one of each for
-- every layer. moment: as at when; NULL: now. Served by planning_piece_place, by the GiST of
-- planning_coveragepiece and by primary keys.
WITH asked AS MATERIALIZED (
    SELECT
        site, ST_Area(site) AS area_m2, ST_Boundary(site) AS edge,
        -- Shapes that were shifted from degrees meet to a centimetre, not to the last digit.
        ST_Buffer(site, 0.01, 'quad_segs=2') AS grown
    FROM (SELECT ST_GeomFromEWKB(%(site)s) AS site) AS given
),
wanted AS MATERIALIZED (
    SELECT *
    FROM unnest(
        %(edition_ids)s::bigint[], %(layer_ids)s::bigint[],
        %(accuracies_m)s::float8[], %(margins_m)s::float8[]
    ) WITH ORDINALITY AS each (edition_id, layer_id, accuracy_m, margin_m, place)
),
-- What of the site is farther from its edge than layers are accurate.
core AS MATERIALIZED (
    SELECT accuracy_m, ST_Buffer(site, -accuracy_m) AS core
    FROM asked, (SELECT DISTINCT accuracy_m FROM wanted) AS accuracies
),
part AS MATERIALIZED (
    SELECT
        place, edition_id, accuracy_m, feature_id, number, dimension, size, core,
        CASE WHEN ST_CoveredBy(piece, site) THEN piece ELSE ST_Intersection(piece, site) END AS shared,
        ST_Intersects(piece, core) AS is_deep,
        dimension = 0 AND ST_Distance(piece, edge) > 0.01 AND ST_Intersects(piece, site) AS is_in
    FROM asked, wanted JOIN core USING (accuracy_m), LATERAL (
        SELECT feature_id, number, dimension, size, geom_27700 AS piece
        FROM planning_piece
        WHERE edition_id = wanted.edition_id AND ST_Intersects(geom_27700, asked.grown)
        -- By itself, so that older editions are not looked through as well.
        OFFSET 0
    ) AS near
),
met AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, accuracy_m, size,
        sum(
            CASE dimension WHEN 2 THEN ST_Area(shared) WHEN 1 THEN ST_Length(shared)
                ELSE is_in::int END
            ORDER BY number
        ) AS shared_size,
        bool_or(is_deep) AS is_deep
    FROM part
    GROUP BY place, edition_id, feature_id, dimension, accuracy_m, size
),
-- How each meets the site; NULL: to be told from the whole feature.
meeting AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, accuracy_m, shared_size,
        0::float8 AS distance_m,
        CASE
            WHEN dimension = 0 THEN CASE WHEN shared_size > 0 THEN 'inside' ELSE 'touches' END
            WHEN dimension = 2 AND area_m2 - shared_size <= least(0.01, area_m2 / 1000) THEN 'wholly'
            WHEN size - shared_size <= least(0.01, size / 1000) THEN 'inside'
            WHEN shared_size < 0.01 THEN 'touches'
            WHEN is_deep THEN CASE dimension WHEN 2 THEN 'partly' ELSE 'crosses' END
        END AS how
    FROM met, asked
    UNION ALL
    SELECT place, edition_id, feature_id, dimension, NULL, NULL, distance_m, 'nearest'
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
-- An overlap is a sliver if no part of it is deeper than the layer is accurate in the site, nor in
-- the feature; and at least one of the two is broad enough there for that to tell anything.
unsure AS MATERIALIZED (
    SELECT place, feature_id, feature.dimension, accuracy_m, whole, (array_agg(core))[1] AS core,
        ST_Union(ST_CollectionExtract(shared, feature.dimension + 1)) AS overlap
    FROM feature JOIN part USING (place, feature_id, accuracy_m)
    WHERE how IS NULL
    GROUP BY place, feature_id, feature.dimension, accuracy_m, whole
),
surrounded AS MATERIALIZED (
    SELECT *, CASE WHEN dimension = 2 THEN
        ST_Buffer(ST_Intersection(whole, ST_Expand(overlap, 4 * accuracy_m)), -accuracy_m)
    END AS feature_core
    FROM unsure
),
told AS MATERIALIZED (
    SELECT place, feature_id,
        CASE WHEN coalesce(ST_Intersects(feature_core, overlap), false)
            OR NOT coalesce(ST_DWithin(core, overlap, 2 * accuracy_m), false)
            AND NOT coalesce(ST_DWithin(feature_core, overlap, 2 * accuracy_m), false)
        THEN CASE dimension WHEN 2 THEN 'partly' ELSE 'crosses' END ELSE 'sliver' END AS how
    FROM surrounded
),
found AS MATERIALIZED (
    SELECT place, feature_id, dimension, shared_size, distance_m, fid, properties,
        coalesce(feature.how, told.how) AS how
    FROM feature LEFT JOIN told USING (place, feature_id)
),
-- Where several areas apply, what they share with the site is counted once.
several AS MATERIALIZED (
    SELECT place, feature_id
    FROM (
        SELECT place, feature_id, count(*) OVER (PARTITION BY place) AS areas
        FROM found
        WHERE dimension = 2 AND how IN ('wholly', 'partly', 'inside')
    ) AS applying
    WHERE areas > 1
),
together AS MATERIALIZED (
    SELECT place, ST_Area(ST_Union(ST_CollectionExtract(shared, 3) ORDER BY feature_id, number)) AS union_size
    FROM several JOIN part USING (place, feature_id)
    GROUP BY place
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
    SELECT area_id, sum(ST_Area(ST_Intersection(geom_27700, site)) ORDER BY piece.id) AS covered_size
    FROM asked, planning_coveragepiece AS piece
    WHERE area_id IN (SELECT area_id FROM covering) AND ST_Intersects(geom_27700, asked.site)
    GROUP BY area_id
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
    union_size,
    found.feature_id, found.dimension, how, shared_size, distance_m, fid, properties
FROM wanted
JOIN covering USING (place)
LEFT JOIN covered USING (area_id)
LEFT JOIN together USING (place)
LEFT JOIN layers_layer AS layer ON layer.id = wanted.layer_id
LEFT JOIN found USING (place)
ORDER BY place, found.feature_id
