-- A page of features as finished GeoJSON text.
-- rows: the statement that gives them, numbered by `place`, one more than page_size to know whether
-- a page follows; feature: a row as GeoJSON text without its closing brace.
-- layer_id: to say when it last changed; goes_on: whether the feature that it follows is there.
SELECT
    (SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s),
    count(*),
    max(id) FILTER (WHERE place = %(page_size)s),
    string_agg(CASE WHEN place <= %(page_size)s THEN {feature} || '}}' END, ','),
    {goes_on}
FROM ({rows}) AS numbered
