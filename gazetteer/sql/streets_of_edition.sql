-- The streets of an edition of the address layer, each with the middle of its addresses.
-- edition_id. The middle is in EPSG:27700. Read whole, once, when the edition is staged.
SELECT
    properties ->> 'street',
    coalesce(properties ->> 'locality', ''),
    count(*),
    avg(ST_X(ST_Centroid(geom_27700))),
    avg(ST_Y(ST_Centroid(geom_27700)))
FROM layers_feature
WHERE edition_id = %(edition_id)s AND properties ->> 'street' IS NOT NULL
    AND geom_27700 IS NOT NULL
GROUP BY 1, 2
