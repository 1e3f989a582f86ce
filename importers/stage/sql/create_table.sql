-- A table of its own for one edition, shaped like the feature table, to be attached to it later.
-- Its CHECK on edition_id spares PostgreSQL a scan when it is attached. No query is planned by what
-- lies in the columns named last as such, and to find that out is half of what ANALYZE takes.
-- A row may be as long as a page holds: that is where reading a shape and its GeoJSON is quickest.
CREATE TABLE {table} (
    LIKE layers_feature INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED
        INCLUDING STORAGE,
    CONSTRAINT {edition_check} CHECK (edition_id = {edition_id})
) WITH (toast_tuple_target = 8160);
ALTER TABLE {table}
    ALTER properties SET STATISTICS 0,
    ALTER restricted SET STATISTICS 0,
    ALTER centroid_4326 SET STATISTICS 0,
    ALTER geojson SET STATISTICS 0;
