"""Files that pretend, are broken or do not fit: one clear message, and nothing changes."""

import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely import Point

from importers.models import ImportRun
from tests.factories.database import drop_edition_tables, edition_tables
from tests.factories.source_files import write_csv, write_zipped_shapefile
from tests.integration.importers.smallville import Smallville, good_trees, published_state, tree

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "canary-4b1d-in-a-secret-file"
# What only a programmer could read: tracebacks, libraries, code.
NOT_FOR_PEOPLE = re.compile(r"Traceback|pyogrio|psycopg|pyarrow|osgeo|\.py\b|errno|Exception", re.I)


@pytest.fixture
def smallville(tmp_path: Path, transactional_db: None) -> Iterator[Smallville]:
    """Smallville with three trees published."""
    smallville = Smallville(tmp_path)
    smallville.publish_trees()
    yield smallville
    drop_edition_tables()


class Listener:
    """A socket on this machine that counts who connects to it."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._count, daemon=True)

    def __enter__(self) -> "Listener":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone does not wake a thread that waits in accept().
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _count(self) -> None:
        try:
            while True:
                self._socket.accept()[0].close()
                self.connections += 1
        except OSError:
            return


def refusal(smallville: Smallville, source: Path, exit_code: int) -> str:
    """Import a file that must be refused; return the message, after all that always holds."""
    before, tables = published_state(), edition_tables()

    done = smallville.import_trees(source)

    assert done.returncode == exit_code, done.stdout + done.stderr
    messages = [line for line in done.stderr.splitlines() if line.startswith("CommandError: ")]
    assert len(messages) == 1, done.stderr
    message = messages[0].removeprefix("CommandError: ")
    assert message not in done.stdout, "it is said twice"
    assert not NOT_FOR_PEOPLE.search(done.stdout + done.stderr), done.stdout + done.stderr
    assert "Nothing was changed." in done.stdout
    assert (published_state(), edition_tables()) == (before, tables)
    run = ImportRun.objects.first()
    assert run is not None
    assert run.reason == message
    assert run.outcome == ("stopped" if exit_code == 1 else "unreadable")
    return message


def virtual_file(secret: Path, port: int) -> bytes:
    """Return a VRT that would read a file of this machine and ask a server, were it believed."""
    return f"""<OGRVRTDataSource>
  <OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>
  <OGRVRTLayer name="server">
    <SrcDataSource>/vsicurl/http://127.0.0.1:{port}/trees.geojson</SrcDataSource>
  </OGRVRTLayer>
  <OGRVRTLayer name="database">
    <SrcDataSource>PG:host=127.0.0.1 port={port} dbname=council_maps</SrcDataSource>
    <SrcSQL>SELECT 1</SrcSQL>
  </OGRVRTLayer>
</OGRVRTDataSource>""".encode()


@pytest.mark.parametrize("blanks", [0, 10_000], ids=["plain", "behind blanks"])
@pytest.mark.parametrize("name", ["trees.kml", "trees.geojson", "trees.csv", "trees.gpkg"])
def test_a_virtual_file_reads_nothing_and_connects_nowhere(
    name: str, blanks: int, smallville: Smallville, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"TreeRef,Easting,Northing\n{CANARY},405000,285000\n")
    source = tmp_path / name

    with Listener() as listener:
        source.write_bytes(b" " * blanks + virtual_file(secret, listener.port))
        message = refusal(smallville, source, 2 if name != "trees.csv" or not blanks else 1)

    assert listener.connections == 0
    assert CANARY not in message + str(list(ImportRun.objects.values()))
    if not blanks:
        assert "a GDAL virtual file (VRT), which holds no data" in message


def test_a_zip_that_would_write_outside_its_folder_is_refused(
    smallville: Smallville, tmp_path: Path
) -> None:
    source = tmp_path / "trees.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("trees.shp", b"\0\0\x27\x0a")
        archive.writestr("../../evil.txt", CANARY)

    message = refusal(smallville, source, 2)

    assert "evil.txt" in message
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_an_empty_file_is_refused(smallville: Smallville, tmp_path: Path) -> None:
    source = tmp_path / "trees.csv"
    source.touch()

    assert "is empty (0 bytes)" in refusal(smallville, source, 2)


def test_a_table_without_rows_is_refused(smallville: Smallville, tmp_path: Path) -> None:
    source = tmp_path / "trees.csv"
    source.write_text("TreeRef,Species,Easting,Northing\n")

    assert "The file has no rows." in refusal(smallville, source, 2)


def test_a_truncated_shapefile_is_refused(smallville: Smallville, tmp_path: Path) -> None:
    # EPSG:27700
    rows = [
        {"TreeRef": f"T{number}", "Species": "Oak", "geometry": Point(405_000, 285_000 + number)}
        for number in range(9)
    ]
    whole = write_zipped_shapefile(tmp_path / "trees.zip", rows)
    source = tmp_path / "cut.zip"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(source, "w") as cut:
        for name in good.namelist():
            content = good.read(name)
            cut.writestr(name, content[:200] if name.endswith(".shp") else content)

    message = refusal(smallville, source, 2)

    assert "cut short" in message or "truncated" in message, message


def test_a_truncated_zip_is_refused(smallville: Smallville, tmp_path: Path) -> None:
    rows = [{"TreeRef": "T1", "Species": "Oak", "geometry": Point(405_000, 285_000)}]
    whole = write_zipped_shapefile(tmp_path / "trees.zip", rows).read_bytes()
    source = tmp_path / "cut.zip"
    source.write_bytes(whole[: len(whole) * 6 // 10])

    assert "zip" in refusal(smallville, source, 2)


def test_swapped_axes_are_stopped_and_named(smallville: Smallville, tmp_path: Path) -> None:
    rows = [tree(f"T{number}", Easting="285000", Northing="405000") for number in range(9)]
    source = write_csv(tmp_path / "trees.csv", rows)

    message = refusal(smallville, source, 1)

    assert "read as northings and eastings the wrong way round, 9 are inside" in message


def test_degrees_in_the_columns_of_metres_are_stopped_and_named(
    smallville: Smallville, tmp_path: Path
) -> None:
    rows = [tree(f"T{number}", Easting="-1.9268", Northing="52.4625") for number in range(9)]
    source = write_csv(tmp_path / "trees.csv", rows)

    assert "read as longitudes and latitudes in degrees" in refusal(smallville, source, 1)


def test_a_missing_column_is_stopped_and_named(smallville: Smallville, tmp_path: Path) -> None:
    rows = [{"Ref no": "T1", "Easting": "405000", "Northing": "285000"}]
    source = write_csv(tmp_path / "trees.csv", rows)

    message = refusal(smallville, source, 1)

    assert "no column for “Reference”" in message
    assert "The file has: Ref no, Easting, Northing." in message


def test_a_missing_file_is_wrong_use(smallville: Smallville, tmp_path: Path) -> None:
    assert "There is no file" in refusal(smallville, tmp_path / "missing.csv", 2)


def test_an_unknown_layer_is_wrong_use(smallville: Smallville, tmp_path: Path) -> None:
    done = smallville.manage("import_layer", "tress", "--source", str(good_trees(tmp_path)))

    assert done.returncode == 2
    assert done.stderr == "CommandError: There is no layer “tress”. The catalogue has: trees.\n"
    assert ImportRun.objects.count() == 1
