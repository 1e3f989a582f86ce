-- Where one layer stands, in microseconds since 1970; no row if it is not public or nothing of it is
-- published. layer_id: served by the primary key. The plan is kept.
SELECT
    (extract(epoch FROM changed_at) * 1000000)::bigint,
    (extract(epoch FROM checked_at) * 1000000)::bigint,
    (extract(epoch FROM failing_since) * 1000000)::bigint
FROM layers_layer
WHERE id = %(layer_id)s AND is_public AND published_edition_id IS NOT NULL
