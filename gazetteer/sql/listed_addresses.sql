-- Every address of a postcode, and whether it lies in one of the council's wards (NULL: no wards).
-- edition_id: of the address layer; wards: edition of the ward layer, or NULL.
-- Served by the partition's index on postcode, and by the wards' GiST on geom_27700.
SELECT
    fid, properties,
    CASE WHEN {wards}::integer IS NULL THEN NULL ELSE EXISTS (
        SELECT 1 FROM layers_feature AS ward
        WHERE ward.edition_id = {wards} AND ST_Intersects(ward.geom_27700, address.geom_27700)
    ) END
FROM layers_feature AS address
WHERE edition_id = {edition_id} AND left(properties ->> 'postcode', 200) = %(postcode)s
    AND geom_27700 IS NOT NULL
ORDER BY fid
