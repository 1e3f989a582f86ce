-- How many features fulfil a condition, counted to one more than `most` and no further.
SELECT count(*)
FROM (
    SELECT 1
    FROM layers_feature
    WHERE edition_id = %(edition_id)s AND {condition}
    LIMIT %(most)s + 1
) AS counted
