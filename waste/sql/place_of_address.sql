-- One property as the only place. uprn; easting, northing: EPSG:27700, metres.
SELECT %(uprn)s::text AS uprn, %(easting)s::float8 AS easting, %(northing)s::float8 AS northing
