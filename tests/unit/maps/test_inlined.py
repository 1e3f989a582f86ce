import json

from maps.folium_page.inlined import data_as_json, inlined_script, inlined_style


def test_data_cannot_end_its_element_and_stays_the_same() -> None:
    name = "</script><script>alert(1)</script><!-- & \u2028"
    feature = {"type": "Feature", "geometry": None, "properties": {"name": name}}

    text = data_as_json(json.dumps(feature, ensure_ascii=False).encode())

    assert "<" not in text
    assert json.loads(text)["features"] == [feature]


def test_a_script_cannot_end_its_element() -> None:
    assert "</script" not in inlined_script('"</SCRIPT></script>"').text.lower()


def test_a_style_sheet_fetches_nothing() -> None:
    text = (
        "@font-face{font-family:a;src:url(a.woff2)}p{color:red;background:url('b.png') x}q{top:1px}"
    )

    style = inlined_style(text).text

    assert "url(" not in style
    assert "color:red" in style
    assert "q{top:1px}" in style
