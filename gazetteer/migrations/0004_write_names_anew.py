"""Names made anew when all migrations have run: more short forms, and variants of six letters."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gazetteer", "0003_key_words_by_themselves")]

    operations = [
        migrations.RunSQL(
            "TRUNCATE gazetteer_namedplace, gazetteer_nameword, gazetteer_wordvariant",
            migrations.RunSQL.noop,
        )
    ]
