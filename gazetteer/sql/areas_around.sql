-- The areas that a point is in or near, and how far it is from each one's edge.
-- easting, northing: EPSG:27700, metres; reach_m: beyond it an area is left out; editions: the
-- layers' editions, as literals. Served by GiST on geom_27700.
SELECT
    edition_id, fid, properties,
    ST_Intersects(geom_27700, ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700)),
    ST_Distance(
        ST_Boundary(geom_27700), ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700)
    )
FROM layers_feature
WHERE edition_id IN ({editions})
    AND ST_DWithin(
        geom_27700, ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 27700), %(reach_m)s
    )
