"""What planning applications are counted by, kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0003_keep_application_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition_id", models.BigIntegerField()),
                ("wards_edition_id", models.BigIntegerField()),
                ("fields", models.TextField()),
                ("columns", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition_id", "wards_edition_id", "fields"),
                        name="planning_columns_of",
                    )
                ],
            },
        ),
    ]
