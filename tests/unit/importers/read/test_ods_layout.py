"""An OpenDocument workbook whose cells stand on lines of their own is read like any other."""

import zipfile

import pytest

from importers.read.child import workbook
from tests.unit.importers.read.opening import read_all, refusal, rows_of

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "manifest")
)
LINES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {NAMES} office:version="1.2">
<office:body>
<office:spreadsheet>
<table:table table:name="trees">
  <table:table-column/>
  <table:table-row>
    <table:table-cell office:value-type="string">
      <text:p>ref</text:p>
    </table:table-cell>
    <table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>
  </table:table-row>
  <table:table-row>
    <table:table-cell office:value-type="float" office:value="7"/>
    <table:table-cell office:value-type="string">
      <text:p>Old <text:span>oak</text:span> <text:span>tree</text:span></text:p>
    </table:table-cell>
  </table:table-row>
</table:table>
</office:spreadsheet>
</office:body>
</office:document-content>
"""


def write_ods(tmp_path, content):
    """Write a workbook beside an empty folder for the reader's own files."""
    (tmp_path / "scratch").mkdir()
    with zipfile.ZipFile(tmp_path / "trees.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {NAMES}/>")
    return tmp_path / "trees.ods"


@pytest.mark.parametrize("line", ["\n", "\r\n\t", ""])
def test_white_space_between_cells_and_rows_is_nothing(tmp_path, line):
    path = write_ods(tmp_path, LINES.replace("\n", line or "").replace("  ", line and "  "))

    opened, (batch,) = read_all(workbook, path, form="ods", scratch=str(tmp_path / "scratch"))

    assert rows_of(opened, batch) == [{"ref": 7, "name": "Old oak tree"}]


def test_what_is_broken_otherwise_is_told_as_damaged(tmp_path):
    path = write_ods(tmp_path, LINES.replace("<table:table-row>", "<table:table-row>stray"))

    fault = refusal(workbook, path, form="ods", scratch=str(tmp_path / "scratch"))

    assert fault.code == "WORKBOOK-DAMAGED"
