-- The streets of an edition of the address layer, each with the middle of its addresses.
-- edition_id. The middle is in EPSG:27700. Read whole, once, when the edition is staged.
-- An address is a point nearly always, whose centroid would take longer than all the rest.
SELECT
    street, locality, town,
    string_agg(outcode, ' '),
    sum(addresses)::bigint,
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
        sum(CASE ST_GeometryType(geom_27700)
            WHEN 'ST_Point' THEN ST_X(geom_27700) ELSE ST_X(ST_Centroid(geom_27700)) END) AS eastings,
        sum(CASE ST_GeometryType(geom_27700)
            WHEN 'ST_Point' THEN ST_Y(geom_27700) ELSE ST_Y(ST_Centroid(geom_27700)) END) AS northings
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND properties ->> 'street' IS NOT NULL
        AND geom_27700 IS NOT NULL
    GROUP BY 1, 2, 3, 4
) AS part
GROUP BY 1, 2, 3
