"""Takes one bad file through the whole pipeline and holds what must be true of every one."""

import re
from pathlib import Path
from typing import Any

import shapely

from importers.catalogue.entries import ChecksEntry
from importers.catalogue.sync import sync_layer
from importers.models import ImportRun, Issue
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Edition, Feature, Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.entries import council_entry, layer_entry, source_entry

# What only a programmer could read: tracebacks, libraries, code, the inside of the sandbox.
_NOT_FOR_PEOPLE = re.compile(
    r"Traceback|pyogrio|psycopg|pyarrow|shapely|osgeo|GEOS|\.py\b|errno|Exception\b|/scratch|/app/"
)

# Files here have other rows than the three trees; how many, each test says.
_ANY_DIFFERENCE = ChecksEntry(
    max_quarantined_share=1.0,
    min_rows=0,
    max_fewer_share=1.0,
    max_more_share=1000.0,
    max_moved_share=1.0,
    max_replaced_share=1.0,
)


class Desk:
    """Smallville's layer of trees, of which three are published, and the files it is sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish_three_trees(self) -> None:
        """Publish them without a file, which takes a third of the time of an import."""
        trees = [
            MadeFeature(
                f"T{n}", shapely.Point(405_000 + n, 285_000), {"ref": f"T{n}", "name": "Oak"}
            )
            for n in (1, 2, 3)
        ]
        publish_features(sync_layer(council_entry(), layer_entry()), trees)

    def take(self, path: Path, *, source: dict[str, Any] | None = None, **parts: Any) -> Any:
        """Import a file into the layer, whose entry has other ``parts``, and return the report."""
        defaults = {"source": source_entry(**(source or {})), "checks": _ANY_DIFFERENCE}
        entry = layer_entry(**(defaults | parts))
        return import_layer(entry, council_entry(), ImportRequest(str(path)))

    def refuse(self, path: Path, code: str, *words: str, **parts: Any) -> ImportReport:
        """Fail unless the whole file is refused with ``code`` and ``words``; nothing changed."""
        before = _published_state()

        report: ImportReport = self.take(path, **parts)

        assert report.outcome in ("stopped", "unreadable"), f"it was {report.outcome}"
        assert report.code == code, f"{report.code}: {report.reason}"
        for word in words:
            assert word in report.reason, f"“{word}” is not said in: {report.reason}"
        assert not _NOT_FOR_PEOPLE.search(report.reason), report.reason
        assert _published_state() == before, "what is published has changed"
        return report

    def accept(
        self,
        path: Path,
        *kinds: str,
        rows: int,
        quarantined: dict[int, str] | None = None,
        **parts: Any,
    ) -> ImportReport:
        """Fail unless the file is published with exactly these rows kept out, each for its reason.

        Parameters
        ----------
        kinds
            Kinds of findings that the report must name beside those of ``quarantined``.
        rows
            How many rows the file holds, good and bad.
        quarantined
            The kind of fault by row number, as a person counts rows.
        """
        report: ImportReport = self.take(path, **parts)

        assert report.outcome == "published", f"{report.code}: {report.reason}"
        kept_out = dict(self.run.quarantined_rows.values_list("row", "kind"))
        assert kept_out == (quarantined or {}), kept_out
        assert report.rows_read == rows == report.published + report.quarantined
        for kind in kinds:
            assert self.issues(kind), f"{kind} is not among {sorted(self.kinds)}"
        for message in self.run.issues.values_list("message", flat=True):
            assert not _NOT_FOR_PEOPLE.search(message), message
        return report

    @property
    def run(self) -> ImportRun:
        """The record of the newest import."""
        run = ImportRun.objects.first()
        assert run is not None
        return run

    @property
    def kinds(self) -> set[str]:
        return set(self.run.issues.values_list("kind", flat=True))

    def issues(self, kind: str) -> list[Issue]:
        return list(self.run.issues.filter(kind=kind))

    def features(self) -> list[Feature]:
        """Return what is published, in the order of the file."""
        edition = Layer.objects.get(slug="trees").published_edition_id
        return list(Feature.objects.filter(edition_id=edition).order_by("id"))


def _published_state() -> dict[str, Any]:
    layer = Layer.objects.values("published_edition_id", "changed_at").get(slug="trees")
    edition = Edition.objects.values().get(pk=layer["published_edition_id"])
    features = Feature.objects.filter(edition_id=edition["id"]).values("fid", "properties")
    return {"layer": layer, "edition": edition, "features": list(features.order_by("fid"))}
