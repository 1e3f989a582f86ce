"""What a feature is called where its layer is not named beside it."""

from layers.query.registry import PublishedLayer


def name_in_words(layer: PublishedLayer | None, title: str) -> str:
    """Return a feature's title, or “Flood zone 3” where that is no word.

    Of a layer that is not published any more, None, the title is all that is known.
    """
    if layer is None or any(letter.isalpha() for letter in title):
        return title
    headings = {field.name: field.title for field in layer.fields}
    heading = headings.get(layer.title_field, "")
    return title if heading.lower() in ("", "name") else f"{heading} {title}"
