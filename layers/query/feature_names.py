"""What a feature is called where its layer is not named beside it."""

from layers.query.registry import PublishedLayer


def name_in_words(layer: PublishedLayer, title: str) -> str:
    """Return a feature's title, or “Flood zone 3” where that is no word."""
    if any(letter.isalpha() for letter in title):
        return title
    headings = {field.name: field.title for field in layer.fields}
    heading = headings.get(layer.title_field, "")
    return title if heading.lower() in ("", "name") else f"{heading} {title}"
