-- A point inside a feature and near another point, for a postcode whose addresses are not known.
-- edition_id, fid: the feature; easting, northing: EPSG:27700, metres; reach_m: a feature further
-- away gives no row. So much of it as lies within 50 m of its nearest part is looked at.
WITH near AS MATERIALIZED (
    SELECT
        geom_27700,
        ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700) AS middle
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND fid = %(fid)s
),
inside AS (
    SELECT CASE
        WHEN ST_Intersects(geom_27700, middle) THEN middle
        ELSE ST_PointOnSurface(
            ST_Intersection(
                geom_27700, ST_Buffer(middle, ST_Distance(geom_27700, middle) + 50)
            )
        )
    END AS point
    FROM near
    WHERE ST_DWithin(geom_27700, middle, %(reach_m)s)
)
SELECT ST_X(point), ST_Y(point) FROM inside
