"""Shapes as pages of the API show them, written once instead of for every page.

See docs/adr/0038. Not for points: theirs are short, and layers of them are the longest. A row that
holds the text is up to 8 kB where it was 2, and the text is as it is: half of what it saves would
go to unpacking it. All kept editions are written anew, while readers wait.
"""

from django.db import migrations

# The members of a feature without the closing brace, so that more can follow: `Output.feature_sql`
# makes the same. What is in `properties` is public (see hide_fields.sql), so this is as well.
KEPT = """
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'layers_feature'::regclass LOOP
        EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 8160)', part);
    END LOOP;
END
$$;
ALTER TABLE layers_feature
    ADD COLUMN geojson text GENERATED ALWAYS AS (
        CASE ST_GeometryType(geom_4326) WHEN 'ST_Point' THEN NULL ELSE
            '{"type":"Feature","id":"' || fid
            || '","geometry":' || coalesce(ST_AsGeoJSON(geom_4326, 7), 'null')
            || ',"properties":' || properties::text
        END
    ) STORED,
    ALTER COLUMN geojson SET STORAGE EXTERNAL;
"""

UNDO = "ALTER TABLE layers_feature DROP COLUMN geojson;"


class Migration(migrations.Migration):
    dependencies = [("layers", "0014_name_background_mapping")]

    operations = [migrations.RunSQL(KEPT, UNDO)]
