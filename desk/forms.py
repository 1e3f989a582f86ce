"""The forms of the desk: a source, how it is read, a decision, what came of a report."""

from typing import Any

from django import forms
from django.conf import settings

from desk.uploads import TOO_BIG
from importers.catalogue.entries import LayerEntry
from importers.fixes import Fixes
from importers.models import ImportRun
from importers.transform.column_names import as_words
from importers.transform.columns import columns_found
from importers.transform.suggestions import suggest_columns

LOOK_FIRST, TRY_OUT, PUBLISH = "look", "try", "publish"
_AFTERWARDS = (
    (LOOK_FIRST, "Look first: nobody sees it until somebody publishes it"),
    (TRY_OUT, "Only try it out: keep nothing but the report"),
    (PUBLISH, "Publish it at once if no check stops it"),
)
_AS_FOUND = "As the catalogue finds it"
_ENCODINGS = (
    ("", "As the file or the catalogue says"),
    ("UTF-8", "UTF-8"),
    ("cp1252", "Windows, Western European (cp1252)"),
    ("cp850", "DOS, Western European (cp850)"),
)
_SYSTEMS = (
    ("", "As the file or the catalogue says"),
    ("EPSG:27700", "British National Grid: eastings and northings in metres"),
    ("EPSG:4326", "Longitude and latitude in degrees"),
)


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One file, or the parts of one source."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FilesField, self).clean(each, initial) for each in data or []]


class SourceForm(forms.Form):
    """A file, an address or the catalogue's own address, and what is to come of it."""

    upload = _FilesField(required=False, widget=_SeveralFiles(attrs={"class": "govuk-file-upload"}))
    address = forms.URLField(required=False, max_length=2000, assume_scheme="https")
    from_catalogue = forms.BooleanField(required=False)
    afterwards = forms.ChoiceField(choices=_AFTERWARDS, initial=LOOK_FIRST)

    def __init__(self, *arguments: Any, may_publish: bool, **options: Any) -> None:
        self._was_too_big = options.pop("was_too_big", False)
        super().__init__(*arguments, **options)
        if not may_publish:
            self.fields["afterwards"] = forms.ChoiceField(
                choices=_AFTERWARDS[:-1], initial=LOOK_FIRST
            )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and not address.startswith("https://"):
            raise forms.ValidationError("Give an address that begins with https://.")
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self._was_too_big:
            self.add_error(
                "upload",
                f"The file is larger than {settings.MAX_UPLOAD_BYTES // 1_000_000} MB. Leave "
                "out what is not needed, or ask whoever looks after the service to import it.",
            )
            return cleaned
        given = [name for name in ("upload", "address", "from_catalogue") if cleaned.get(name)]
        if not given and "address" not in self.errors and "upload" not in self.errors:
            self.add_error("upload", "Choose a file, or give an address.")
        if len(given) > 1:
            self.add_error(given[1], "Give either a file or an address, not both.")
        return cleaned

    @staticmethod
    def was_too_big(request: Any) -> bool:
        return bool(getattr(request, TOO_BIG, False))


class MappingForm(forms.Form):
    """How a source that is in the store is to be read: each field's column, coordinates, text."""

    swap_axes = forms.BooleanField(required=False)
    crs = forms.ChoiceField(choices=_SYSTEMS, required=False)
    encoding = forms.ChoiceField(choices=_ENCODINGS, required=False)
    table = forms.CharField(max_length=200, required=False)
    remember = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, run: ImportRun, entry: LayerEntry, **options: Any) -> None:
        self.entry = entry
        self.known = Fixes.from_json(run.fixes)
        self.columns: list[dict[str, Any]] = run.understanding.get("columns", [])
        names = tuple(column["name"] for column in self.columns)
        as_fixed = self.known.applied_to(entry)
        self.found = columns_found(as_fixed, names)
        samples = {column["name"]: column["samples"] for column in self.columns}
        self.suggested = suggest_columns(as_fixed, names, samples)
        options["initial"] = {
            **{name: value for name, value in self.known.as_json().items() if name != "columns"},
            "remember": run.remembers_fixes,
        }
        super().__init__(*arguments, **options)
        choices = [
            ("", _AS_FOUND),
            *((name, _with_samples(each)) for name, each in zip(names, self.columns, strict=True)),
        ]
        for field in entry.fields:
            self._add_column(f"column-{field.name}", field.title, choices)
            self.initial[f"column-{field.name}"] = self.found.get(field.name, "")
        self._add_column("x", "Easting or longitude", choices)
        self._add_column("y", "Northing or latitude", choices)
        self._preselect_coordinates(run)

    def _add_column(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(choices=choices, required=False, label=label)

    def _preselect_coordinates(self, run: ImportRun) -> None:
        found = run.understanding.get("coordinates", [])
        if len(found) == 2:
            self.initial.setdefault("x", found[0])
            self.initial.setdefault("y", found[1])

    def rows(self) -> list[dict[str, Any]]:
        """Return, for each field, its select and what may be said beside it."""
        rows = [
            {
                "field": field,
                "bound": self[f"column-{field.name}"],
                "is_needed": field.required or field.name in self.entry.key,
                "is_missing": field.name not in self.found,
                "looked_for": ", ".join(as_words(name) for name in field.source),
                "suggestions": [name for name, _ in self.suggested.get(field.name, [])],
            }
            for field in self.entry.fields
        ]
        # What stops the import stands first.
        return sorted(rows, key=lambda row: not (row["is_needed"] and row["is_missing"]))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if bool(cleaned.get("x")) != bool(cleaned.get("y")):
            missing = "y" if cleaned.get("x") else "x"
            self.add_error(missing, "Choose both columns of the coordinates, or neither.")
        return cleaned

    def fixes(self) -> Fixes:
        """Return what the person confirmed: only what the catalogue would not find by itself."""
        cleaned = self.cleaned_data
        by_itself = columns_found(self.entry, tuple(each["name"] for each in self.columns))
        chosen = {
            field.name: cleaned[f"column-{field.name}"]
            for field in self.entry.fields
            if cleaned.get(f"column-{field.name}")
        }
        return Fixes(
            swap_axes=cleaned["swap_axes"],
            crs=cleaned["crs"] or None,
            encoding=cleaned["encoding"] or None,
            table=cleaned["table"] or None,
            columns={name: each for name, each in chosen.items() if by_itself.get(name) != each},
            accept_empty=self.known.accept_empty,
            **self._coordinates(),
        )

    def _coordinates(self) -> dict[str, str]:
        pair = {name: self.cleaned_data[name] for name in ("x", "y") if self.cleaned_data[name]}
        stand_in_catalogue = [(each.x, each.y) for each in self.entry.source.coordinates]
        if tuple(pair.values()) in stand_in_catalogue:
            return {}
        return pair


class DecisionForm(forms.Form):
    """Why something is done, for the audit trail."""

    reason = forms.CharField(required=False, max_length=1000, strip=True)

    def __init__(self, *arguments: Any, needs_reason: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].error_messages["required"] = (
            "Say why it is to be published although a check failed. It is kept in the audit trail."
        )


class AsideForm(forms.Form):
    """Which finding of a kept check is set aside, or counts again, and why."""

    layer = forms.CharField(max_length=50)
    fid = forms.CharField(max_length=1000, strip=False)
    take_back = forms.BooleanField(required=False)
    reason = forms.CharField(
        max_length=1000,
        error_messages={"required": "Say why. It is kept, and shown with the check."},
    )


class OutcomeForm(forms.Form):
    """What came of a report."""

    outcome = forms.CharField(
        max_length=1000, error_messages={"required": "Say what came of it, for whoever asks later."}
    )


def _with_samples(column: dict[str, Any]) -> str:
    samples = ", ".join(str(sample)[:24] for sample in column["samples"][:2])
    return f"{column['name']} ({samples})" if samples else f"{column['name']} (empty)"
