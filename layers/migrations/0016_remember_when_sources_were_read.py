"""When a layer's source was read to the end: each time, where only the last was known."""

import django.db.models.deletion
from django.db import migrations, models

# What is known of the time before: the last one.
KEPT = """
INSERT INTO layers_sourcecheck (layer_id, at)
SELECT id, checked_at FROM layers_layer WHERE checked_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0015_keep_shapes_as_geojson")]

    operations = [
        migrations.CreateModel(
            name="SourceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "layer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_checks",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [
                    models.Index(fields=["layer", "-at"], name="layers_sourcecheck_recent")
                ],
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
