"""Tiles of counts, made when an edition is staged; those of kept editions after migrating."""

import django.db.models.deletion
from django.db import migrations, models

# Vector tiles hardly become smaller, and each would be unpacked for every answer.
AS_THEY_ARE = "ALTER TABLE layers_celltile ALTER COLUMN body SET STORAGE EXTERNAL"


class Migration(migrations.Migration):
    dependencies = [("layers", "0017_order_names_naturally")]

    operations = [
        migrations.CreateModel(
            name="CellTile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition",
                        "zoom",
                        "tile_column",
                        "tile_row",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("zoom", models.SmallIntegerField()),
                ("tile_column", models.IntegerField()),
                ("tile_row", models.IntegerField()),
                ("body", models.BinaryField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="layers.edition",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(AS_THEY_ARE, migrations.RunSQL.noop),
    ]
