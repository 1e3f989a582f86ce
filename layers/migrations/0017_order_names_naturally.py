"""A collation for names that people look for, and the words of `Layer.role`."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0016_remember_when_sources_were_read")]

    operations = [
        # ICU's root order with numbers by their value: "Ward 2" before "Ward 10".
        CreateCollation("by_name", provider="icu", locale="und-u-kn-true"),
        migrations.AlterField(
            model_name="layer",
            name="role",
            field=models.CharField(
                blank=True,
                help_text="What the service reads it for, such as ward, address or school; empty: "
                "to be shown and asked about, like any other.",
                max_length=20,
            ),
        ),
    ]
