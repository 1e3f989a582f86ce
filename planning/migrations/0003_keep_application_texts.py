"""The folded words and references of planning applications."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_keep_checks")]

    operations = [
        migrations.CreateModel(
            name="ApplicationText",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition_id",
                        "feature_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("feature_id", models.BigIntegerField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("reference", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="layers.edition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="planning_text_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["reference"],
                        name="planning_text_reference",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
    ]
