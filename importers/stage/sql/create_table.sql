-- A table of its own for one edition, shaped like the feature table, to be attached to it later.
-- Its CHECK on edition_id spares PostgreSQL a scan when it is attached.
CREATE TABLE {table} (
    LIKE layers_feature INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    CONSTRAINT {edition_check} CHECK (edition_id = {edition_id})
)
