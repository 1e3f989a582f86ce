-- One part of the basemap in one tile, as one layer of a Mapbox Vector Tile; in the order of the ids,
-- so that the same editions give the same bytes.
-- sources: basemap_source or basemap_merged of each layer of the part, with UNION ALL between them.
SELECT ST_AsMVT("-tile", {name}, 4096, '-geometry')
FROM (
    SELECT "-geometry", class, name, number
    FROM ({sources}) AS drawn
    WHERE "-geometry" IS NOT NULL
    ORDER BY "-order", class, name
) AS "-tile"
