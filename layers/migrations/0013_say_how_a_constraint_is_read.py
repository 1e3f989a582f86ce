from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0012_check_points_by_their_coordinates")]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="constraint",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="How a constraint check reads it, where not as usual.",
            ),
        ),
        migrations.AddField(
            model_name="layer",
            name="coverage",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="The area for which it can say “no”; empty: not stated.",
            ),
        ),
    ]
