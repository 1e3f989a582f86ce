-- Divides an area of coverage into pieces of at most 256 vertices, unless it is. key.
INSERT INTO planning_coveragepiece (area_id, geom_27700)
SELECT area.id, piece
FROM planning_coveragearea AS area, LATERAL ST_Subdivide(area.geom_27700, 256) AS piece
WHERE area.key = %(key)s
    AND NOT EXISTS (SELECT FROM planning_coveragepiece WHERE area_id = area.id)
