-- Which of some points lie in a ward of the council. Points in EPSG:27700, in order.
-- edition_id: of the ward layer. Served by the partition's GiST on geom_27700.
SELECT EXISTS (
    SELECT 1 FROM layers_feature
    WHERE edition_id = {edition_id}
        AND ST_Intersects(geom_27700, ST_SetSRID(ST_MakePoint(x, y), 27700))
)
FROM unnest(%(eastings)s::float8[], %(northings)s::float8[]) WITH ORDINALITY AS point (x, y, place)
ORDER BY place
