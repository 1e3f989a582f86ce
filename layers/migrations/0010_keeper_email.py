"""Says who gets what people report about a layer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0009_know_opening_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="keeper_email",
            field=models.EmailField(
                blank=True,
                help_text="Who gets what people report about it; shown to nobody.",
                max_length=254,
            ),
        ),
    ]
