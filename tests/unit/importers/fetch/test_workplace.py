"""What a killed fetch leaves behind is cleared by the next, and nothing that is at work."""

from importers.fetch.workplace import workplace


def test_the_folder_goes_with_the_block(tmp_path):
    with workplace(tmp_path) as folder:
        (folder / "00001").write_bytes(b"page")

    assert list(tmp_path.iterdir()) == []


def test_what_was_abandoned_is_cleared(tmp_path):
    abandoned = tmp_path / ".pages-killed"
    abandoned.mkdir()
    (abandoned / "lock").touch()
    (abandoned / "00001").write_bytes(b"page")

    with workplace(tmp_path):
        assert not abandoned.exists()


def test_a_fetch_at_work_is_left_alone(tmp_path):
    with workplace(tmp_path) as first, workplace(tmp_path) as second:
        assert first.is_dir()
        assert second.is_dir()
