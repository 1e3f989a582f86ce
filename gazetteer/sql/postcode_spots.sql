-- Where the addresses of a postcode stand: each spot once, with how many share it (flats do).
-- addresses: edition of the layer that knows the postcode of each address; postcode: as "B29 6QT".
-- part_edition_id, part_fid: a feature that the spots must lie in, or NULL for all of them.
-- Served by the partition's index on postcode.
SELECT row_number() OVER (ORDER BY geom_27700) - 1 AS place, geom_27700, count(*) AS addresses
FROM layers_feature AS address
WHERE edition_id = {addresses} AND left(properties ->> 'postcode', 200) = %(postcode)s
    AND geom_27700 IS NOT NULL
    AND (%(part_edition_id)s::integer IS NULL OR EXISTS (
        SELECT 1 FROM layers_feature AS part
        WHERE part.edition_id = %(part_edition_id)s AND part.fid = %(part_fid)s
            AND ST_Intersects(part.geom_27700, address.geom_27700)
    ))
GROUP BY geom_27700
