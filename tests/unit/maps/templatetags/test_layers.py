"""What pages say of a layer is remembered as long as it is true."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from django.template import Context, Template
from django.utils import translation

from layers.query.registry import PublishedLayer
from tests.unit.maps.published import make_published_layer


def say(tag: str, layer: PublishedLayer, **words: object) -> str:
    template = Template(f"{{% load layers %}}{{% {tag} layer %}}")
    return template.render(Context({"layer": layer, **words}))


def test_a_provenance_has_a_link_and_a_day():
    said = say("provenance", make_published_layer("parks", title="Parks & woods"))

    assert '<a class="govuk-link govuk-link--no-visited-state" href="/layers/parks">' in said
    assert "Parks &amp; woods</a>, published 4 May 2026." in said


def test_what_is_said_follows_the_layer():
    layer = make_published_layer("commons", title="Commons")
    changed = replace(layer, title="Greens", changed_at=layer.changed_at + timedelta(seconds=1))

    for tag in ("provenance", "attribution"):
        assert "Commons" in say(tag, layer)
        assert "Greens" in say(tag, changed)


def test_made_up_is_not_repeated_where_everything_is():
    layer = make_published_layer("ponds", is_sample=True)

    assert "Made up." in say("provenance", layer)
    council = SimpleNamespace(is_all_made_up=True)
    assert "Made up." not in say("provenance", layer, council=council)


def test_each_language_has_its_own_words():
    layer = make_published_layer("woods")

    in_english = say("area_term", layer)
    with translation.override("cy"):
        in_welsh = say("area_term", layer)

    assert "4 May 2026" in in_english
    assert "Mai 2026" in in_welsh
