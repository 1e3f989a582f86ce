-- After the load, because building an index once costs a fraction of keeping it up row by row.
-- These match the feature table's own indexes, which take them over when the table is attached.
ALTER TABLE {table} ADD PRIMARY KEY (edition_id, id);
CREATE UNIQUE INDEX ON {table} (edition_id, fid);
CREATE INDEX ON {table} USING gist (geom_27700, geom_4326);
