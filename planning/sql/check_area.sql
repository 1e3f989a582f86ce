-- What some layers have to say of a site that is an area: one row for each finding, or nearest
-- feature, or layer that has neither.
-- site: WKB in EPSG:27700, metres. edition_ids, layer_ids, accuracies_m, margins_m: one of each for
-- every layer. moment: as at when; NULL: now. digest: of the layers as they are remembered. Served by
-- planning_piece_place, by the GiST of planning_coveragepiece and by primary keys.
WITH asked AS MATERIALIZED (
    SELECT
        site, ST_Area(site) AS area_m2, ST_NPoints(site) > 500 AS has_many_corners,
        -- Shapes that were shifted from degrees meet to a centimetre, not to the last digit.
        ST_Buffer(site, 0.01, 'quad_segs=2') AS grown
    FROM (SELECT ST_GeomFromWKB(%(site)s, 27700) AS site) AS given
),
{wanted},
around AS MATERIALIZED (
    SELECT
        place, edition_id, accuracy_m, margin_m, feature_id, number, dimension, size, piece,
        piece && grown AND ST_Intersects(piece, grown) AS is_met
    FROM asked, wanted, LATERAL ({pieces}) AS near
),
-- ST_Covers prepares the site once for all pieces; ST_CoveredBy would go through it for each.
part AS MATERIALIZED (
    SELECT
        place, edition_id, accuracy_m, feature_id, number, dimension, size,
        CASE WHEN ST_Covers(site, piece) THEN piece ELSE ST_Intersection(piece, site) END AS shared,
        dimension = 0 AND ST_Distance(piece, ST_Boundary(site)) > 0.01 AND ST_Intersects(piece, site)
            AS is_in
    FROM asked, around
    WHERE is_met
),
met AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, accuracy_m, size,
        sum(
            CASE dimension WHEN 2 THEN ST_Area(shared) WHEN 1 THEN ST_Length(shared)
                ELSE is_in::int END
            ORDER BY number
        ) AS shared_size
    FROM part
    GROUP BY place, edition_id, feature_id, dimension, accuracy_m, size
),
-- How each meets the site; NULL: to be told from how deep they share it.
meeting AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, accuracy_m, shared_size,
        CASE
            WHEN dimension = 0 THEN CASE WHEN shared_size > 0 THEN 'inside' ELSE 'touches' END
            WHEN dimension = 2 AND area_m2 - shared_size <= least(0.01, area_m2 / 1000) THEN 'wholly'
            WHEN size - shared_size <= least(0.01, size / 1000) THEN 'inside'
            WHEN shared_size < 0.01 THEN 'touches'
        END AS how
    FROM met, asked
),
partial AS MATERIALIZED (
    SELECT place, edition_id, feature_id, meeting.dimension, accuracy_m, shared
    FROM meeting JOIN part USING (place, edition_id, feature_id, accuracy_m)
    WHERE how IS NULL
),
-- Which features have something of the site that is farther from its edge than their layer is accurate.
-- Its core tells, but costs more than all else where the edge has thousands of corners: there a point
-- amid what is shared is looked at first, and mostly is far enough.
plain AS MATERIALIZED (
    SELECT DISTINCT place, feature_id
    FROM asked, partial
    WHERE CASE WHEN has_many_corners
        THEN ST_Distance(ST_PointOnSurface(shared), ST_Boundary(site)) > accuracy_m END
),
rest AS MATERIALIZED (
    SELECT * FROM partial WHERE (place, feature_id) NOT IN (SELECT place, feature_id FROM plain)
),
-- What of the site is farther from its edge than layers are accurate.
core AS MATERIALIZED (
    SELECT accuracy_m, ST_Buffer(site, -accuracy_m) AS core
    FROM asked, (SELECT DISTINCT accuracy_m FROM rest) AS accuracies
),
deep AS MATERIALIZED (
    SELECT DISTINCT place, feature_id
    FROM rest JOIN core USING (accuracy_m)
    WHERE ST_Intersects(shared, core)
),
-- An overlap is a sliver if no part of it is deeper than the layer is accurate in the site, nor in
-- the feature; and at least one of the two is broad enough there for that to tell anything.
unsure AS MATERIALIZED (
    SELECT place, edition_id, feature_id, dimension, accuracy_m,
        ST_Union(ST_CollectionExtract(shared, dimension + 1)) AS overlap
    FROM rest
    WHERE (place, feature_id) NOT IN (SELECT place, feature_id FROM deep)
    GROUP BY place, edition_id, feature_id, dimension, accuracy_m
),
-- The feature around the overlap, put together again; its seams are exact.
surrounded AS MATERIALIZED (
    SELECT *, CASE WHEN dimension = 2 THEN (
        SELECT ST_Buffer(ST_Intersection(ST_Union(geom_27700), around), -accuracy_m)
        FROM planning_piece AS piece, ST_Expand(overlap, 4 * accuracy_m) AS around
        WHERE piece.edition_id = unsure.edition_id AND piece.feature_id = unsure.feature_id
            AND geom_27700 && around
        GROUP BY around
    ) END AS feature_core
    FROM unsure
),
told AS MATERIALIZED (
    SELECT place, feature_id,
        CASE WHEN coalesce(ST_Intersects(feature_core, overlap), false)
            OR NOT coalesce(ST_DWithin(core, overlap, 2 * accuracy_m), false)
            AND NOT coalesce(ST_DWithin(feature_core, overlap, 2 * accuracy_m), false)
        THEN NULL ELSE 'sliver' END AS how
    FROM surrounded JOIN core USING (accuracy_m)
),
found AS MATERIALIZED (
    SELECT place, edition_id, feature_id, dimension, shared_size, coalesce(
        meeting.how, told.how, CASE dimension WHEN 2 THEN 'partly' ELSE 'crosses' END
    ) AS how
    FROM meeting LEFT JOIN told USING (place, feature_id)
),
-- Where several areas apply, what they share with the site is counted once. Joining them costs more
-- than all else, and need not be where one has all of it, a few lie apart, or no three can meet:
-- there what two share is taken away once.
applying AS MATERIALIZED (
    SELECT place, feature_id, max(shared_size) FILTER (WHERE how = 'wholly') OVER layer AS whole_size,
        count(*) OVER layer AS areas
    FROM found
    WHERE dimension = 2 AND how IN ('wholly', 'partly', 'inside')
    WINDOW layer AS (PARTITION BY place)
),
several AS MATERIALIZED (
    SELECT place, feature_id, whole_size, number, ST_CollectionExtract(shared, 3) AS shared,
        count(*) OVER (PARTITION BY place) AS parts
    FROM applying JOIN part USING (place, feature_id)
    WHERE areas > 1
),
pair AS MATERIALIZED (
    SELECT one.place, one.feature_id, one.number, one.shared,
        other.feature_id AS other_id, other.number AS other_number, other.shared AS other_shared
    FROM several AS one JOIN several AS other USING (place)
    WHERE one.whole_size IS NULL AND one.parts <= 30
        AND one.feature_id < other.feature_id AND one.shared && other.shared
),
paired AS MATERIALIZED (
    SELECT place, count(DISTINCT (feature_id, other_id)) AS pairs FROM pair GROUP BY place
),
twice AS MATERIALIZED (
    SELECT place, sum(
        ST_Area(ST_Intersection(shared, other_shared))
        ORDER BY feature_id, other_id, number, other_number
    ) AS size
    FROM paired JOIN pair USING (place)
    WHERE pairs < 3
    GROUP BY place
),
joined AS MATERIALIZED (
    SELECT place FROM several WHERE whole_size IS NULL AND parts > 30
    UNION
    SELECT place FROM paired WHERE pairs >= 3
),
together AS MATERIALIZED (
    SELECT place, coalesce(
        whole_size,
        ST_Area(
            ST_Union(shared ORDER BY feature_id, number)
            FILTER (WHERE place IN (SELECT place FROM joined))
        ),
        sum(ST_Area(shared) ORDER BY feature_id, number) - coalesce(twice.size, 0)
    ) AS union_size
    FROM several LEFT JOIN twice USING (place)
    GROUP BY place, whole_size, twice.size
),
covered AS MATERIALIZED (
    SELECT area_id, sum(
        CASE WHEN ST_CoveredBy(site, geom_27700) THEN area_m2
            ELSE ST_Area(ST_Intersection(geom_27700, site)) END
        ORDER BY piece.id
    ) AS covered_size
    FROM asked, planning_coveragepiece AS piece
    WHERE area_id IN (SELECT area_id FROM covering) AND ST_Intersects(geom_27700, asked.site)
    GROUP BY area_id
),
{answers}
