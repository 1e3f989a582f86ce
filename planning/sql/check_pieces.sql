-- The pieces of one layer that may meet the site, or be the nearest to it.
SELECT feature_id, number, dimension, size, geom_27700 AS piece
FROM planning_piece
WHERE edition_id = wanted.edition_id
    AND geom_27700 && ST_Expand(asked.site, greatest(wanted.margin_m, 0.01))
-- By itself, so that older editions are not looked through as well.
OFFSET 0
