-- Divides the features of an edition into pieces of at most 256 vertices, each with its feature's size.
-- edition_id. EPSG:27700, metres. Read whole, once, when the edition is staged.
INSERT INTO planning_piece (edition_id, feature_id, number, dimension, size, geom_27700)
SELECT %(edition_id)s, id, row_number() OVER (PARTITION BY id), dimension, size, piece
FROM (
    SELECT
        id, geom_27700 AS whole, ST_Dimension(geom_27700) AS dimension,
        ST_NPoints(geom_27700) > 256 AS is_long,
        CASE ST_Dimension(geom_27700)
            WHEN 2 THEN ST_Area(geom_27700) WHEN 1 THEN ST_Length(geom_27700) ELSE 0
        END AS size
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL
    -- By itself, so that a shape is measured once, and not again for each of its pieces.
    OFFSET 0
) AS feature, LATERAL (
    SELECT ST_Subdivide(whole, 256) AS piece WHERE is_long
    UNION ALL
    SELECT geom FROM ST_Dump(whole) WHERE NOT is_long
) AS divided
WHERE ST_Dimension(piece) = dimension AND NOT ST_IsEmpty(piece)
