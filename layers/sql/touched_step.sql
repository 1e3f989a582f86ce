-- The features that one step from an edition to the next touches, by the record of it.
-- step: its number, in order; kind: as it is recorded, or turned round for a step back. A change
-- of nothing but restricted fields is not to be seen. after: the last fid of the page before.
-- Served by layers_change_public.
(
    SELECT fid, {step} AS step, {kind} AS kind, fields, shape_changed
    FROM layers_change
    WHERE edition_id = {edition_id} AND since_id = {since_id} AND fid > %(after)s
        AND NOT (kind = 'changed' AND fields = '{{}}' AND NOT shape_changed)
    ORDER BY fid
    LIMIT %(page_size)s + 1
)
