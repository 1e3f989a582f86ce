-- For those who have nothing yet, every feature is new.
SELECT fid, true AS is_new, NULL::text[] AS fields, false AS shape_changed
FROM layers_feature
WHERE edition_id = {target_id} AND fid > %(after)s
ORDER BY fid
LIMIT %(page_size)s + 1
