-- The same of a site of which no more than a point is known.
-- site: WKB in EPSG:27700, metres. Parameters, columns and indexes as in check_area.sql.
-- Of its area, which it has not, 1 is covered or nothing.
WITH asked AS MATERIALIZED (SELECT ST_GeomFromWKB(%(site)s, 27700) AS site, 1::float8 AS area_m2),
{wanted},
around AS MATERIALIZED (
    SELECT place, edition_id, margin_m, feature_id, dimension, piece
    FROM asked, wanted, LATERAL ({pieces}) AS near
),
part AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, piece,
        dimension = 2 AND ST_Intersects(piece, site)
            AND ST_Distance(ST_Boundary(piece), site) > 0.01 AS is_deep
    FROM asked, around
    WHERE piece && ST_Expand(site, 0.01) AND ST_DWithin(piece, site, 0.01)
),
met AS MATERIALIZED (
    SELECT place, edition_id, feature_id, dimension, bool_or(is_deep) AS is_deep
    FROM part
    GROUP BY place, edition_id, feature_id, dimension
),
-- A piece's edge may lie within its feature: where the point is near one, all pieces around it tell.
told AS MATERIALIZED (
    SELECT place, feature_id, ST_Union(piece) AS around
    FROM part JOIN met USING (place, feature_id, dimension)
    WHERE dimension = 2 AND NOT met.is_deep
    GROUP BY place, feature_id
),
found AS MATERIALIZED (
    SELECT
        place, edition_id, feature_id, dimension, NULL::float8 AS shared_size,
        CASE
            WHEN dimension = 0 THEN 'inside'
            WHEN dimension = 1 THEN 'crosses'
            WHEN is_deep THEN 'wholly'
            WHEN ST_Intersects(around, site) AND ST_Distance(ST_Boundary(around), site) > 0.01
            THEN 'wholly'
            ELSE 'touches'
        END AS how
    FROM asked, met LEFT JOIN told USING (place, feature_id)
),
together AS (SELECT NULL::bigint AS place, NULL::float8 AS union_size),
covered AS MATERIALIZED (
    SELECT DISTINCT area_id, 1::float8 AS covered_size
    FROM asked, planning_coveragepiece AS piece
    WHERE area_id IN (SELECT area_id FROM covering) AND ST_Intersects(geom_27700, asked.site)
),
{answers}
