-- The streets of an edition of the address layer, each with the middle of its addresses.
-- edition_id. The middle is in EPSG:27700. Read whole, once, when the edition is staged.
SELECT
    street, locality, town,
    string_agg(outcode, ' '),
    sum(addresses),
    sum(eastings) / sum(addresses),
    sum(northings) / sum(addresses)
FROM (
    -- Hashed once: a DISTINCT within the groups would sort every address.
    SELECT
        properties ->> 'street' AS street,
        coalesce(properties ->> 'locality', '') AS locality,
        coalesce(properties ->> 'town', properties ->> 'post_town', '') AS town,
        split_part(properties ->> 'postcode', ' ', 1) AS outcode,
        count(*) AS addresses,
        sum(ST_X(ST_Centroid(geom_27700))) AS eastings,
        sum(ST_Y(ST_Centroid(geom_27700))) AS northings
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND properties ->> 'street' IS NOT NULL
        AND geom_27700 IS NOT NULL
    GROUP BY 1, 2, 3, 4
) AS part
GROUP BY 1, 2, 3
