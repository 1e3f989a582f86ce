"""Kept checks, which nobody changes, and what is set aside of them."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

WRITTEN_ONCE = """
CREATE FUNCTION planning_receipt_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A kept check is written once: % of % is not allowed', TG_OP, TG_TABLE_NAME
        USING HINT = 'Make a new check. An operator deletes one with: manage.py delete_check ID';
END
$$;

CREATE TRIGGER planning_receipt_is_written_once BEFORE UPDATE ON planning_receipt
    FOR EACH ROW EXECUTE FUNCTION planning_receipt_is_written_once();
CREATE TRIGGER planning_aside_is_written_once BEFORE UPDATE ON planning_aside
    FOR EACH ROW EXECUTE FUNCTION planning_receipt_is_written_once();
"""

UNDO = "DROP FUNCTION planning_receipt_is_written_once CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_divide_constraints")]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.CharField(max_length=22, primary_key=True, serialize=False)),
                (
                    "geom_27700",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=27700
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "edition_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="Kept from being dropped.",
                        size=None,
                    ),
                ),
                ("record", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-asked_at"],
                "permissions": [
                    (
                        "set_aside_finding",
                        "Can set findings of kept checks aside, and take that back",
                    ),
                    (
                        "list_neighbours",
                        "Can list the addresses around the site of a kept check",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["edition_ids"], name="planning_receipt_editions"
                    ),
                    models.Index(fields=["-asked_at"], name="planning_receipt_recent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layer", models.CharField(help_text="The layer's slug.", max_length=50)),
                ("fid", models.TextField(help_text="The finding's feature.")),
                (
                    "verb",
                    models.CharField(
                        choices=[("set-aside", "Set aside"), ("taken-back", "Taken back")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                (
                    "by",
                    models.CharField(
                        help_text="Who is signed in; shown to staff alone.", max_length=200
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asides",
                        to="planning.receipt",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunSQL(WRITTEN_ONCE, UNDO),
    ]
