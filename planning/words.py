"""Verdicts, and why an answer is not known, in words for people."""

from django.utils.translation import gettext as _

from planning.answer import LayerAnswer, Reason, Verdict


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict as it heads an answer."""
    return {
        Verdict.APPLIES: _("Applies"),
        Verdict.DOES_NOT_APPLY: _("Does not apply"),
        Verdict.NOT_KNOWN: _("Not known here"),
    }[verdict]


def reason_words(answer: LayerAnswer) -> str:
    """Return why an answer is not known, as one sentence; empty where it is known."""
    if answer.reason is None:
        return ""
    words = {
        Reason.NOT_COVERED: _("This layer does not reach the site."),
        Reason.PARTLY_COVERED: _("This layer covers %(percent)s of the site, and holds nothing in that part.")  # noqa: E501  # one text to translate
        % {"percent": f"{answer.covered_percent or 0:.3g} %"},
        Reason.COVERAGE_NOT_STATED: _("Nobody has said which area this layer covers, so that it holds nothing here means nothing."),  # noqa: E501  # one text to translate
        Reason.TOO_OLD: _("This layer may be no older than %(days)d days, and is.")
        % {"days": answer.max_age_days or 0},
        Reason.NOT_PUBLISHED: _("This layer has not been published."),
        Reason.WITHDRAWN: _("This layer, or its edition of that day, has been withdrawn."),
        Reason.EDITION_NOT_KEPT: _("The edition that would answer is no longer kept."),
        Reason.FAILED: _("This layer could not be read. Ask again in a few minutes."),
        Reason.TIMED_OUT: _("This layer did not answer in time. Ask again in a few minutes."),
    }  # fmt: skip
    return words[answer.reason]
