-- The changes of the way back are those of the way there, with added and removed exchanged.
-- Parameters: the edition gone back to, the one left, and the same two as they were compared.
INSERT INTO layers_change (edition_id, since_id, fid, kind, fields, shape_changed, moved_m)
SELECT
    %(edition)s, %(since)s, fid,
    CASE kind WHEN 'added' THEN 'removed' WHEN 'removed' THEN 'added' ELSE kind END,
    fields, shape_changed, moved_m
FROM layers_change
WHERE edition_id = %(since)s AND since_id = %(edition)s
