"""A layer with a restricted licence and a field about a person cannot be public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0005_index_public_changes")]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="licence_restricted",
            field=models.BooleanField(
                default=False, help_text="Its licence does not allow to give it out: never public."
            ),
        ),
        migrations.AddField(
            model_name="layer",
            name="has_stable_ids",
            field=models.BooleanField(
                default=True, help_text="A feature keeps its id from one edition to the next."
            ),
        ),
        migrations.AddField(
            model_name="field",
            name="is_personal",
            field=models.BooleanField(default=False, help_text="It says something about a person."),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_public", True), ("licence_restricted", True), _negated=True
                ),
                name="layers_layer_restricted_is_not_public",
                violation_error_message="A layer with a restricted licence cannot be public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="field",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_personal", True), ("is_public", True), _negated=True),
                name="layers_field_personal_is_not_public",
                violation_error_message="A field that says something about a person is not public.",
            ),
        ),
    ]
