"""A server is only asked for something newer while the bytes it gave are still here."""

from importers.fetch.remembered import recall, remember

ADDRESS = "https://a.example.org/trees.csv"
SHA256 = "ab" * 32


def keep(folder):
    place = folder / SHA256[:2] / SHA256
    place.mkdir(parents=True)
    (place / "trees.csv").write_bytes(b"ref")
    remember(folder, ADDRESS, sha256=SHA256, name="trees.csv", headers={"etag": '"1"'})
    return place / "trees.csv"


def test_what_a_server_said_is_said_back_to_it(tmp_path):
    path = keep(tmp_path)

    remembered = recall(tmp_path, ADDRESS)

    assert remembered.conditions() == {"If-None-Match": '"1"'}
    assert remembered.kept_file(tmp_path) == path


def test_another_address_is_not_known(tmp_path):
    keep(tmp_path)

    assert recall(tmp_path, ADDRESS + "?x=1") is None


def test_bytes_that_are_gone_are_forgotten(tmp_path):
    keep(tmp_path).unlink()

    assert recall(tmp_path, ADDRESS) is None


def test_a_note_that_was_cut_short_is_forgotten(tmp_path):
    keep(tmp_path)
    (note,) = (tmp_path / "addresses").iterdir()
    note.write_text(note.read_text()[:20])

    assert recall(tmp_path, ADDRESS) is None
