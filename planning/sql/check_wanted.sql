-- The layers that a check asks, each in its place, and the area that each covers.
wanted AS MATERIALIZED (
    SELECT *
    FROM unnest(
        %(edition_ids)s::bigint[], %(layer_ids)s::bigint[],
        %(accuracies_m)s::float8[], %(margins_m)s::float8[]
    ) WITH ORDINALITY AS each (edition_id, layer_id, accuracy_m, margin_m, place)
),
covering AS MATERIALIZED (
    SELECT DISTINCT ON (place) place, area_id
    FROM wanted JOIN planning_coverage USING (edition_id)
    -- The newest by then; else the first that there was.
    ORDER BY place, coalesce(since > %(moment)s, false), CASE WHEN since > %(moment)s THEN id ELSE -id END
)
