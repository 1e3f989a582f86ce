"""Lets a layer say which of its fields hold opening hours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0008_name_the_facts_of_a_layer")]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="opening_hours",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Which of its fields hold opening hours, and how.",
            ),
        ),
    ]
