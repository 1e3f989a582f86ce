-- Where the addresses of a postcode stand: each spot once, with how many share it (flats do).
-- addresses: edition of the layer that knows the postcode of each address; postcode: as "B29 6QT".
-- within: spots_in_part.sql, or nothing. Served by the partition's index on postcode.
SELECT row_number() OVER (ORDER BY geom_27700) - 1 AS place, geom_27700, count(*) AS addresses
FROM layers_feature AS address
WHERE edition_id = {addresses} AND left(properties ->> 'postcode', 200) = %(postcode)s
    AND geom_27700 IS NOT NULL
    {within}
GROUP BY geom_27700
