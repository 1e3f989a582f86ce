"""What a person says of a map to be printed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maps.paper.sizes import PAPERS, PaperSize
from maps.printed.where import FIT

SCALES = (500, 1_250, 2_500, 5_000, 10_000, 25_000)
_USUAL_SCALE = "2500"
_LONGEST_TITLE, _LONGEST_NOTES, _LONGEST_PLACE = 100, 400, 200

_PAPER_WORDS = {
    "a4-portrait": _("A4 portrait"),
    "a4-landscape": _("A4 landscape"),
    "a3-portrait": _("A3 portrait"),
    "a3-landscape": _("A3 landscape"),
}


class PrintForm(forms.Form):
    """Everything but the layers, whose number and order are free: see `layers_asked`."""

    title = forms.CharField(
        required=False,
        max_length=_LONGEST_TITLE,
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer for the title")},
    )
    place = forms.CharField(
        required=False,
        max_length=_LONGEST_PLACE,
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer for the place")},
    )
    chosen = forms.CharField(required=False, max_length=300)
    scale = forms.ChoiceField(
        choices=[
            *((str(scale), f"1:{scale:,}") for scale in SCALES),
            (FIT, _("Fit the ward, or the whole area of the council")),
        ],
        initial=_USUAL_SCALE,
        error_messages={
            "required": _("Choose a scale"),
            "invalid_choice": _("Choose a scale from the list"),
        },
    )
    paper = forms.ChoiceField(
        choices=[(key, _PAPER_WORDS[key]) for key in PAPERS],
        initial="a4-portrait",
        error_messages={
            "required": _("Choose the paper"),
            "invalid_choice": _("Choose the paper from the list"),
        },
    )
    basemap = forms.BooleanField(required=False, initial=True)
    mark = forms.BooleanField(required=False)
    notes = forms.CharField(
        required=False,
        max_length=_LONGEST_NOTES,
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer for the notes")},
    )

    @property
    def paper_size(self) -> PaperSize:
        return PAPERS[self.cleaned_data["paper"]]


def paper_words(paper: PaperSize) -> str:
    """Return what a size is called."""
    return str(_PAPER_WORDS[paper.key])
