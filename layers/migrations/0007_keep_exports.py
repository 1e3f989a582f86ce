"""Remembers which files of whole layers are ready made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0006_never_give_out_what_is_restricted")]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("format", models.CharField(max_length=12)),
                (
                    "file_name",
                    models.CharField(help_text="Below the exports' folder.", max_length=200),
                ),
                ("bytes", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_of", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="layers.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "format"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "format"), name="layers_export_once")
                ],
            },
        ),
    ]
