-- The wards as shapes to draw: SVG path data in metres with north up, and where a number goes.
-- tolerance_m: how much the eye misses. Small islands that vanish so are kept whole.
SELECT
    fid,
    ST_AsSVG(coalesce(ST_SimplifyPreserveTopology(geom_27700, %(tolerance_m)s), geom_27700), 1, 0),
    round(ST_X(ST_PointOnSurface(geom_27700))), -round(ST_Y(ST_PointOnSurface(geom_27700)))
FROM layers_feature
WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL
ORDER BY id
