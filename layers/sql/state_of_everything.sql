-- Where all layers stand together: another text as soon as one of them, or the council, changes;
-- and when that last was, in microseconds since 1970. Layers that are hidden count: hiding one
-- changes what the others are among.
SELECT
    md5(concat_ws(
        ' ',
        string_agg(
            concat_ws('/', id, changed_at, published_edition_id, checked_at, failing_since), ' '
            ORDER BY id
        ),
        (SELECT string_agg(council::text, ' ' ORDER BY id) FROM layers_organisation AS council)
    )) AS digest,
    (extract(epoch FROM max(greatest(changed_at, checked_at, failing_since))) * 1000000)::bigint AS changed_us
FROM layers_layer
