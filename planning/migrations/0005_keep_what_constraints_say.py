"""What the features of constraint layers say of themselves, kept with their pieces."""

import django.db.models.deletion
from django.db import migrations, models

# Editions that are divided already; those to come write it with their pieces.
_WRITE = """
INSERT INTO planning_constraintfeature (edition_id, feature_id, fid, properties)
SELECT edition_id, id, fid, properties
FROM layers_feature
WHERE edition_id IN (SELECT edition_id FROM planning_coverage) AND geom_27700 IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0004_keep_application_columns"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConstraintFeature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition",
                        "feature_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("feature_id", models.BigIntegerField()),
                ("fid", models.TextField()),
                ("properties", models.JSONField()),
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
        migrations.RunSQL(_WRITE, migrations.RunSQL.noop),
    ]
