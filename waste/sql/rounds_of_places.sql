-- By what each of some places is on rounds: by rows about the property, by areas, by days of its own.
-- places: a statement that gives uprn, easting, northing. premises, rounds, dates: arrays of editions.
-- A place that is on nothing has one row all the same. Served by the indexes on uprn and by GiST.
WITH place AS MATERIALIZED ({places})
SELECT place.uprn, 'place' AS arm, NULL::jsonb AS said FROM place
UNION ALL
SELECT place.uprn, 'assigned', premises.properties
FROM place
JOIN layers_feature AS premises
    ON left(premises.properties ->> 'uprn', 200) = left(place.uprn, 200)
WHERE premises.edition_id = ANY(%(premises)s::bigint[])
UNION ALL
SELECT place.uprn, 'area', round.properties
FROM place
JOIN layers_feature AS round
    ON ST_Intersects(
        round.geom_27700, ST_SetSRID(ST_MakePoint(place.easting, place.northing), 27700)
    )
WHERE round.edition_id = ANY(%(rounds)s::bigint[])
UNION ALL
SELECT place.uprn, 'calendar', to_jsonb(md5(string_agg(
    concat_ws('/', own.properties ->> 'service', own.properties ->> 'collected_on'), ','
    ORDER BY own.properties ->> 'collected_on', own.properties ->> 'service'
)))
FROM place
JOIN layers_feature AS own ON left(own.properties ->> 'uprn', 200) = left(place.uprn, 200)
WHERE own.edition_id = ANY(%(dates)s::bigint[])
GROUP BY place.uprn
