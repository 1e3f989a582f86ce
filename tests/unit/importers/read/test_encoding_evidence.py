import pytest

from importers.read.child.encoding_evidence import choose_encoding, contexts_of


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café (class 1.3)", "cp850"),
        ("Café (class 1.3)", "cp1252"),
        ("St Mary’s – “The Limes”, £5", "cp1252"),
        ("O’Brien’s café", "cp1252"),
        ("naïve façade, 20°, 7½ m²", "cp1252"),
        ("naïve façade, 20°, 7½ m²", "cp850"),
        ("£20 at the Señora’s".replace("’", "'"), "cp850"),
        ("Ynys Môn, Tŷ".replace("ŷ", "y"), "cp850"),
        ("© Crown copyright, north–south", "cp1252"),
        ("ÉCOLE, MÜLLER", "cp1252"),
    ],
)
def test_it_finds_the_encoding_by_the_company_of_characters(text: str, encoding: str) -> None:
    content = text.encode(encoding)

    chosen = choose_encoding(contexts_of([content]))

    assert chosen is not None
    assert content.decode(chosen) == text


@pytest.mark.parametrize(
    "content",
    [
        b"north\x96south",  # a dash in Windows-1252, north-u-circumflex-south in CP850
        "café".encode() + b" caf\xe9 caf\xe9",  # two encodings in one file
        b"\x81\x8d\x90 \x9d\x8f",
    ],
)
def test_it_does_not_choose_where_the_evidence_is_not_for_one(content: bytes) -> None:
    assert choose_encoding(contexts_of([content])) is None


def test_a_context_may_lie_across_two_chunks() -> None:
    content = "a café, a café".encode("cp850")

    assert contexts_of([content[:5], content[5:6], content[6:]]) == contexts_of([content])
