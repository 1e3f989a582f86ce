"""How much of anything one source may make the reader do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits of one reading, enforced in the sandboxed child unless said otherwise.

    ``memory_bytes`` is address space, of which a process uses about half: 0.4 GB
    of it go before a file is opened, and a GeoJSON of 130 MB, the largest that
    fits, takes 1.5 GB of real memory. ``wait_s`` is enforced by the parent: the
    longest it waits for the next batch, and ``all_waits_s`` the longest for all of
    them together. ``message_bytes`` is the most that the parent takes in one piece.
    """

    memory_bytes: int = 3_000_000_000
    cpu_s: int = 900
    wait_s: float = 120.0
    all_waits_s: float = 1800.0
    message_bytes: int = 1_000_000_000
    unpacked_bytes: int = 2_000_000_000
    unpacked_ratio: int = 250
    ratio_counts_from_bytes: int = 50_000_000
    members: int = 200
    geodatabase_members: int = 2_000
    rows: int = 6_000_000
    columns: int = 255
    cell_characters: int = 1_000_000
    line_characters: int = 5_000_000
    json_depth: int = 32
    xml_depth: int = 100
    batch_rows: int = 20_000
