"""Pages of a map server become one source, or the reason why they cannot."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.opened import OpenedSource
from importers.read.child.pages import open_source
from importers.read.pages import MANIFEST, PagesManifest, page_name
from importers.read.request import ReadRequest


def point(name: Any = None, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [-1.9, 52.5]}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return feature if name is None else {**feature, "id": name}


def opened(folder: Path, *pages: list[Any], **manifest: Any) -> OpenedSource:
    counts = manifest.pop("counts", tuple(len(page) for page in pages))
    crs = manifest.pop("crs_members", [None] * len(pages))
    path = folder / "trees.pages"
    scratch = folder / "scratch"
    scratch.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, PagesManifest("geojson", counts, **manifest).to_json())
        for number, (features, member) in enumerate(zip(pages, crs, strict=True), start=1):
            root = {"type": "FeatureCollection", "features": features}
            if member:
                root["crs"] = {"type": "name", "properties": {"name": member}}
            archive.writestr(page_name(number, "geojson"), json.dumps(root))
    return open_source(
        ReadRequest(
            path=str(path),
            scratch=str(scratch),
            form="pages",
            encoding=None,
            has_header=True,
            columns=(),
            table=None,
        )
    )


def values(source: OpenedSource, name: str) -> list[Any]:
    place = [field.name for field in source.fields].index(name)
    return [value for batch in source.batches for value in batch.columns[place].to_pylist()]


def test_rows_follow_each_other_and_a_column_may_begin_on_a_later_page(tmp_path):
    source = opened(tmp_path, [point(ref=1), point(ref=2)], [point(ref=3, species="Oak")])

    assert [field.name for field in source.fields] == ["ref", "species"]
    assert values(source, "species") == [None, None, "Oak"]


@pytest.mark.parametrize(
    ("pages", "manifest"),
    [
        (([point("a")], [point("a")]), {}),
        (([point(entity=1)], [point(entity=1, x=2)]), {"id_property": "entity"}),
    ],
    ids=["by id", "by a property"],
)
def test_a_feature_on_two_pages_is_refused(pages, manifest, tmp_path):
    with pytest.raises(SourceUnreadable, match="on page 1 and again on page 2") as caught:
        opened(tmp_path, *pages, **manifest)

    assert caught.value.code == "SOURCE-PAGES"


def test_features_without_names_that_are_alike_are_said(tmp_path):
    source = opened(tmp_path, [point(ref=1), point(ref=2)], [point(ref=2)])

    assert [finding.kind for finding in source.findings] == ["PAGES-ALIKE"]
    assert len(values(source, "ref")) == 3


def test_a_page_that_does_not_hold_what_was_counted_is_refused(tmp_path):
    with pytest.raises(SourceUnreadable, match="Page 2 holds 1 features; 2 were counted"):
        opened(tmp_path, [point(ref=1)], [point(ref=2)], counts=(1, 2))


def test_pages_in_different_grids_are_refused(tmp_path):
    with pytest.raises(SourceUnreadable, match="EPSG:27700, EPSG:4326"):
        opened(tmp_path, [point(ref=1)], [point(ref=2)], crs_members=["EPSG:27700", None])


@pytest.mark.parametrize(
    ("moments", "written"),
    [
        ([991_350_000_000, None, 1_009_843_200_000], ["2001-06-01", None, "2002-01-01"]),
        ([991_353_600_000], ["2001-06-01"]),
        ([-2_208_988_800_000], ["1900-01-01"]),
        ([991_386_000_000], ["2001-06-01T10:00:00+01:00"]),
        (["soon", 1], ["soon", "1"]),
    ],
    ids=["British midnights", "UTC midnight in summer", "1900", "with a time", "not moments"],
)
def test_moments_are_written_as_days_where_all_of_them_are(moments, written, tmp_path):
    page = [point(planted=moment) for moment in moments]

    source = opened(tmp_path, page, epoch_properties=("planted",))

    assert values(source, "planted") == written


@pytest.mark.parametrize("content", [b"{}", b"not json", b'{"form": "geojson", "counts": 3}'])
def test_a_file_that_only_looks_like_pages_is_refused(content, tmp_path):
    path = tmp_path / "trees.pages"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, content)

    with pytest.raises(SourceUnreadable) as caught:
        open_source(ReadRequest(str(path), str(tmp_path), "pages", None, True, (), None))

    assert caught.value.code == "ZIP-CORRUPT"
