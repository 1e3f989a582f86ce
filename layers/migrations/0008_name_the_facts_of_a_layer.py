"""Keeps which fields of a layer residents ask about."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0007_keep_exports")]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="facts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=63),
                blank=True,
                default=list,
                help_text="Fields that residents ask about, most wanted first.",
                size=None,
            ),
        ),
    ]
