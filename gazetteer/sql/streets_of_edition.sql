-- The streets of an edition of the address layer, each with the middle of its addresses.
-- edition_id. The middle is in EPSG:27700. Read whole, once, when the edition is staged.
-- An address is a point nearly always, whose centroid would take longer than all the rest.
SELECT
    properties ->> 'street',
    coalesce(properties ->> 'locality', ''),
    count(*),
    avg(CASE ST_GeometryType(geom_27700)
        WHEN 'ST_Point' THEN ST_X(geom_27700) ELSE ST_X(ST_Centroid(geom_27700)) END),
    avg(CASE ST_GeometryType(geom_27700)
        WHEN 'ST_Point' THEN ST_Y(geom_27700) ELSE ST_Y(ST_Centroid(geom_27700)) END)
FROM layers_feature
WHERE edition_id = %(edition_id)s AND properties ->> 'street' IS NOT NULL
    AND geom_27700 IS NOT NULL
GROUP BY 1, 2
