-- The buildings and organisations of an edition of the address layer, street by street.
-- edition_id. The middle is in EPSG:27700. Read whole, once, when the edition is staged.
SELECT
    name,
    properties ->> 'street',
    coalesce(properties ->> 'locality', ''),
    coalesce(properties ->> 'town', properties ->> 'post_town', ''),
    min(split_part(properties ->> 'postcode', ' ', 1)),
    count(*),
    avg(ST_X(ST_Centroid(geom_27700))),
    avg(ST_Y(ST_Centroid(geom_27700)))
FROM layers_feature
CROSS JOIN LATERAL (
    SELECT properties ->> 'organisation' AS name
    UNION
    SELECT coalesce(properties ->> 'building_name', properties ->> 'pao_text')
) AS named
WHERE edition_id = %(edition_id)s AND name ~ '[[:alpha:]]{3}'
    AND properties ->> 'street' IS NOT NULL AND geom_27700 IS NOT NULL
    AND properties ?| ARRAY['organisation', 'building_name', 'pao_text']
GROUP BY 1, 2, 3, 4
