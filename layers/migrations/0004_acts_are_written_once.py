"""The audit trail takes new rows and lets none be changed."""

from django.db import migrations

WRITE_ONCE = """
CREATE FUNCTION layers_act_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is written once: % of layers_act is not allowed', TG_OP
        USING HINT = 'Write a new act that says what was wrong with the earlier one.';
END
$$;

CREATE TRIGGER layers_act_is_written_once BEFORE UPDATE OR DELETE ON layers_act
    FOR EACH ROW EXECUTE FUNCTION layers_act_is_written_once();
"""

UNDO = "DROP FUNCTION layers_act_is_written_once CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("layers", "0003_changes_and_acts")]

    operations = [migrations.RunSQL(WRITE_ONCE, UNDO)]
