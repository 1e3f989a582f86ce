-- Divides the features of an edition into pieces of at most 256 vertices, each with its feature's size.
-- edition_id. EPSG:27700, metres. Read whole, once, when the edition is staged.
INSERT INTO planning_piece (edition_id, feature_id, number, dimension, size, geom_27700)
SELECT
    %(edition_id)s, id, row_number() OVER (PARTITION BY id), dimension,
    CASE dimension WHEN 2 THEN ST_Area(whole) WHEN 1 THEN ST_Length(whole) ELSE 0 END,
    piece
FROM (
    SELECT id, geom_27700 AS whole, ST_Dimension(geom_27700) AS dimension, piece
    FROM layers_feature, LATERAL ST_Subdivide(geom_27700, 256) AS piece
    WHERE edition_id = %(edition_id)s AND ST_NPoints(geom_27700) > 256
    UNION ALL
    SELECT id, geom_27700, ST_Dimension(geom_27700), part.geom
    FROM layers_feature, LATERAL ST_Dump(geom_27700) AS part
    WHERE edition_id = %(edition_id)s AND ST_NPoints(geom_27700) <= 256
) AS divided
WHERE ST_Dimension(piece) = dimension AND NOT ST_IsEmpty(piece)
