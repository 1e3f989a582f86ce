-- Features from a point outwards, with their straight-line distances in metres.
-- distance_m: the distance of a row from the point, EPSG:27700; is_farther: which features come
-- after the last one of the page before. Served by GiST on geom_27700 (KNN), which can give no
-- second order: so all that are as far as the last are taken, and put in order of their ids here.
SELECT page.*, row_number() OVER (ORDER BY distance_m, id) AS place
FROM (
    SELECT id, {columns}, {distance_m} AS distance_m
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND {is_farther} AND {condition}
    ORDER BY {distance_m}
    FETCH FIRST (%(page_size)s + 1) ROWS WITH TIES
) AS page
