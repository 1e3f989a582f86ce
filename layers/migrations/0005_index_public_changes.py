"""Changes that a feed may show, by feature: it never reads through those of restricted fields."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0004_acts_are_written_once")]

    operations = [
        # layers_change_pair begins with the edition, so its own index is not needed.
        migrations.AlterField(
            model_name="change",
            name="edition",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="layers.edition",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(
                    ("fields", []), ("kind", "changed"), ("shape_changed", False), _negated=True
                ),
                fields=["edition", "since", "fid"],
                name="layers_change_public",
            ),
        ),
    ]
