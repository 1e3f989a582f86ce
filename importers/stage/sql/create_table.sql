-- A table of its own for one edition, shaped like the feature table, to be attached to it later.
-- Its CHECK on edition_id spares PostgreSQL a scan when it is attached. No query is planned by what
-- lies in the last three columns as such, and to find that out is half of what ANALYZE takes.
CREATE TABLE {table} (
    LIKE layers_feature INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    CONSTRAINT {edition_check} CHECK (edition_id = {edition_id})
);
ALTER TABLE {table}
    ALTER properties SET STATISTICS 0,
    ALTER restricted SET STATISTICS 0,
    ALTER centroid_4326 SET STATISTICS 0;
