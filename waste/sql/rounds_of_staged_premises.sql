-- The rounds that a staged edition puts properties on and that are not known, with how many each.
-- table: the edition's own, which is no partition yet. known: an array of rounds.
SELECT properties ->> 'round' AS round, count(*)
FROM {table}
WHERE NOT properties ->> 'round' = ANY(%(known)s::text[])
GROUP BY 1
ORDER BY 2 DESC, 1
