"""What the statuses of an application mean, for people who have never made one."""

from django.utils.translation import gettext as _

from maps.planning_nearby import describe_status


def meaning_of(status: str) -> str:
    """Return a sentence on a status of the LGA's or the Planning Data platform's lists, or ""."""
    waiting = _(
        "The council has the application and has not decided yet. You can usually comment until "
        "the date given, on the council's planning pages."
    )
    meanings = {
        "live": waiting,
        "registered": waiting,
        "in assessment": waiting,
        "undetermined": waiting,
        "withdrawn": _("The applicant took the application back, so nothing was decided."),
        "decided": _("The council has decided. “Decision” says how, where our data has it."),
        "determined": _("The council has decided. “Decision” says how, where our data has it."),
        "appeal": _("The applicant asked the Planning Inspectorate to look at it again."),
        "invalid": _("Something is missing, so the council cannot look at the application yet."),
    }
    return meanings.get(status.strip().lower(), "")


def describe_statuses(statuses: list[str]) -> list[tuple[str, str, str]]:
    """Return those that we can explain: as the data has them, in words, and what they mean."""
    known = ((status, describe_status(status), meaning_of(status)) for status in statuses)
    return [each for each in known if each[2]]
