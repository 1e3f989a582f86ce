"""Where rows lie that were kept out; of editions that were there before, nobody knows."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0018_keep_tiles_of_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="unplaced_count",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Rows kept out for a fault, of which nobody knows where they lie;"
                " empty where they were not told apart.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="KeptOutShape",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "geom_27700",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=27700
                    ),
                ),
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
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["edition", "geom_27700"], name="layers_keptout_place"
                    )
                ],
            },
        ),
    ]
