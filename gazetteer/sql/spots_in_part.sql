-- Of postcode_spots.sql, those alone that lie in one feature.
-- part: its edition, as a literal, so that no other partition is opened; part_fid.
AND EXISTS (
    SELECT 1 FROM layers_feature AS part
    WHERE part.edition_id = {part} AND part.fid = %(part_fid)s
        AND ST_Intersects(part.geom_27700, address.geom_27700)
)
