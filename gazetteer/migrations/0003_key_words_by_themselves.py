"""Words and their variants without a number of their own, which cost an import as much as they did.

They are made anew, with the rest of the names, when all migrations have run.
"""

import django.db.models.deletion
from django.db import migrations, models


def _edition() -> models.Field:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to="layers.edition",
    )


class Migration(migrations.Migration):
    dependencies = [("gazetteer", "0002_name_streets_buildings_and_places")]

    operations = [
        migrations.DeleteModel(name="NameWord"),
        migrations.DeleteModel(name="WordVariant"),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition",
                        "word",
                        "kind",
                        "search_name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("street", "Street"),
                            ("building", "Building"),
                            ("place", "Place"),
                            ("ward", "Ward"),
                        ],
                        max_length=10,
                    ),
                ),
                ("search_name", models.TextField()),
                ("edition", _edition()),
            ],
        ),
        migrations.CreateModel(
            name="WordVariant",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition",
                        "variant",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("variant", models.TextField()),
                ("word", models.TextField()),
                ("edition", _edition()),
            ],
        ),
    ]
