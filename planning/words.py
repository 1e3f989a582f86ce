"""Verdicts, and why an answer is not known, in words for people: the same on pages and in data."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from planning.answer import LayerAnswer, Reason, Verdict


def describe_verdict(verdict: Verdict) -> str:
    """Return a verdict as it heads an answer."""
    return {
        Verdict.APPLIES: _("Applies"),
        Verdict.DOES_NOT_APPLY: _("Does not apply"),
        Verdict.NOT_KNOWN: _("Not known here"),
    }[verdict]


def describe_reason(answer: LayerAnswer) -> str:
    """Return why an answer is not known, as one sentence; empty where it is known."""
    if answer.reason is None:
        return ""
    words = {
        Reason.NOT_COVERED: _("Our layer does not cover this site."),
        Reason.PARTLY_COVERED: _("Our layer covers %(percent)s of this site, and no more."),
        Reason.KEPT_OUT: _(
            "A row of the layer's source that lies here had a fault and was kept out, so that the "
            "layer does not say whether it applies."
        ),
        Reason.COVERAGE_NOT_STATED: _(
            "It is not known which area this layer covers, so that nothing found means nothing."
        ),
        Reason.TOO_OLD: _("The layer is of %(day)s, older than the %(days)s days that it may be."),
        Reason.TOO_NEAR: _(
            "“%(title)s” is %(metres)s m away, and the layer is accurate to %(accuracy)s m: it may "
            "be this place."
        ),
        Reason.NOT_PUBLISHED: _("No edition of this layer was published."),
        Reason.WITHDRAWN: _("The layer was withdrawn, because something was wrong with it."),
        Reason.EDITION_NOT_KEPT: _("The edition of that day is no longer kept."),
        Reason.FAILED: _("The question to this layer failed on our side."),
        Reason.TIMED_OUT: _("The question to this layer took too long."),
    }
    percent = describe_percent(answer.covered_percent or 0)
    day = date_format(answer.current_on) if answer.current_on else _("a day that is not known")
    return words[answer.reason] % {
        "percent": percent,
        "day": day,
        "days": answer.max_age_days,
        "title": answer.nearest.title if answer.nearest else "",
        "metres": spell_number(answer.nearest.distance_m if answer.nearest else 0, 1),
        "accuracy": f"{answer.accuracy_m:g}",
    }


def describe_percent(percent: float) -> str:
    """Return a share that never rounds to nothing or to all."""
    if 0 < percent < 0.1:
        return _("less than 0.1%")
    if 99.9 < percent < 100:
        return _("more than 99.9%")
    return f"{spell_number(percent, 0 if percent in (0, 100) else 1)}%"


def spell_number(value: float, decimals: int) -> str:
    """Return a number with so many decimals, grouped as the reader's language groups it."""
    return number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)
