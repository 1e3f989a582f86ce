"""One index for both geometries of a feature: they lie in the same order, whichever is asked for.

It takes little more than half as long to build as one for each. The other half of an import's
indexes was this. Published editions get theirs here, about a second for 400,000 features.
"""

from django.db import migrations

ONE_INDEX = """
CREATE INDEX layers_feature_shapes ON layers_feature USING gist (geom_27700, geom_4326);
DROP INDEX layers_feature_geom_27700;
DROP INDEX layers_feature_geom_4326;
"""

UNDO = """
CREATE INDEX layers_feature_geom_27700 ON layers_feature USING gist (geom_27700);
CREATE INDEX layers_feature_geom_4326 ON layers_feature USING gist (geom_4326);
DROP INDEX layers_feature_shapes;
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0010_keeper_email")]

    operations = [migrations.RunSQL(ONE_INDEX, UNDO)]
