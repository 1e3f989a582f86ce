"""The same limits as before, asked of a point's two coordinates instead of its box and lengths.

A box, a length and a perimeter of each geometry were a quarter of what it takes to write a point.
Published editions are read once more to see that they keep to it.
"""

from django.db import migrations

# A NaN ordinate is above every number in PostgreSQL, and so are NaN and infinity less anything.
# Of a line or an area see 0002_feature_table.
BY_COORDINATES = """
ALTER TABLE layers_feature
    DROP CONSTRAINT layers_feature_finite_27700,
    DROP CONSTRAINT layers_feature_finite_4326,
    ADD CONSTRAINT layers_feature_finite_27700 CHECK (
        CASE ST_GeometryType(geom_27700) WHEN 'ST_Point' THEN
            abs(ST_X(geom_27700) - 500000) < 1500000 AND abs(ST_Y(geom_27700) - 500000) < 1500000
        ELSE
            ST_XMin(geom_27700) > -1000000 AND ST_XMax(geom_27700) < 2000000
            AND ST_YMin(geom_27700) > -1000000 AND ST_YMax(geom_27700) < 2000000
            AND ST_Length(geom_27700) + ST_Perimeter(geom_27700) < 1e12
        END
    ),
    ADD CONSTRAINT layers_feature_finite_4326 CHECK (
        CASE ST_GeometryType(geom_4326) WHEN 'ST_Point' THEN
            abs(ST_X(geom_4326)) <= 180 AND abs(ST_Y(geom_4326)) <= 90
        ELSE
            ST_XMin(geom_4326) >= -180 AND ST_XMax(geom_4326) <= 180
            AND ST_YMin(geom_4326) >= -90 AND ST_YMax(geom_4326) <= 90
            AND ST_Length(geom_4326) + ST_Perimeter(geom_4326) < 1e9
        END
    );
"""

UNDO = """
ALTER TABLE layers_feature
    DROP CONSTRAINT layers_feature_finite_27700,
    DROP CONSTRAINT layers_feature_finite_4326,
    ADD CONSTRAINT layers_feature_finite_27700 CHECK (
        ST_XMin(geom_27700) > -1000000 AND ST_XMax(geom_27700) < 2000000
        AND ST_YMin(geom_27700) > -1000000 AND ST_YMax(geom_27700) < 2000000
        AND ST_Length(geom_27700) + ST_Perimeter(geom_27700) < 1e12
    ),
    ADD CONSTRAINT layers_feature_finite_4326 CHECK (
        ST_XMin(geom_4326) >= -180 AND ST_XMax(geom_4326) <= 180
        AND ST_YMin(geom_4326) >= -90 AND ST_YMax(geom_4326) <= 90
        AND ST_Length(geom_4326) + ST_Perimeter(geom_4326) < 1e9
    );
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0011_index_both_shapes_at_once")]

    operations = [migrations.RunSQL(BY_COORDINATES, UNDO)]
