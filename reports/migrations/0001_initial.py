"""Reports about features."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("layers", "0010_keeper_email"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition_id", models.BigIntegerField(help_text="The edition that was seen.")),
                (
                    "fid",
                    models.TextField(
                        blank=True, help_text="The feature; blank: the layer as a whole."
                    ),
                ),
                ("title", models.TextField(help_text="What it was called then.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "It is in the wrong place"),
                            ("details", "Something written about it is wrong"),
                            ("gone", "It is not there any more"),
                            ("missing", "Something is missing"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="Of somebody who wants an answer.", max_length=254
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "sent_at",
                    models.DateTimeField(blank=True, help_text="To the layer's keeper.", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("outcome", models.TextField(blank=True, help_text="What came of it.")),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["id"],
                        name="reports_report_unsent",
                    ),
                    models.Index(fields=["state", "-id"], name="reports_report_by_state"),
                ],
            },
        ),
    ]
