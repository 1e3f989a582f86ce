from django.db import migrations

# A NaN ordinate sorts above every number in PostgreSQL, so the upper bounds refuse
# it and both infinities: a NaN point would match every bounding box. PostGIS's boxes
# pass over a NaN vertex of a line or an area; its length and perimeter do not.
FEATURE_TABLE = """
CREATE TABLE layers_feature (
    edition_id bigint NOT NULL,
    id bigint NOT NULL,
    fid text NOT NULL,
    key text NOT NULL,
    properties jsonb NOT NULL,
    restricted jsonb,
    geom_27700 geometry(Geometry, 27700),
    geom_4326 geometry(Geometry, 4326),
    centroid_4326 geometry(Point, 4326),
    CONSTRAINT layers_feature_pkey PRIMARY KEY (edition_id, id),
    CONSTRAINT layers_feature_finite_27700 CHECK (
        ST_XMin(geom_27700) > -1000000 AND ST_XMax(geom_27700) < 2000000
        AND ST_YMin(geom_27700) > -1000000 AND ST_YMax(geom_27700) < 2000000
        AND ST_Length(geom_27700) + ST_Perimeter(geom_27700) < 1e12
    ),
    CONSTRAINT layers_feature_finite_4326 CHECK (
        ST_XMin(geom_4326) >= -180 AND ST_XMax(geom_4326) <= 180
        AND ST_YMin(geom_4326) >= -90 AND ST_YMax(geom_4326) <= 90
        AND ST_Length(geom_4326) + ST_Perimeter(geom_4326) < 1e9
    )
) PARTITION BY LIST (edition_id);

CREATE UNIQUE INDEX layers_feature_fid ON layers_feature (edition_id, fid);
CREATE INDEX layers_feature_geom_27700 ON layers_feature USING gist (geom_27700);
CREATE INDEX layers_feature_geom_4326 ON layers_feature USING gist (geom_4326);

CREATE SCHEMA published;
"""

UNDO = "DROP SCHEMA published CASCADE; DROP TABLE layers_feature CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("layers", "0001_initial")]

    operations = [migrations.RunSQL(FEATURE_TABLE, UNDO)]
