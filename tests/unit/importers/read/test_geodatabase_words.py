"""Codes of a File Geodatabase become the words that its domains and subtypes give them."""

import pyarrow as pa

from importers.read.child.geodatabase_words import TableWords, find_tables, read_table_words

DOMAIN = """<d:GPCodedValueDomain2 xmlns:d="esri"><DomainName>{name}</DomainName><CodedValues>
<CodedValue><Name>{one}</Name><Code>1</Code></CodedValue>
<CodedValue><Name>{two}</Name><Code>2</Code></CodedValue></CodedValues></d:GPCodedValueDomain2>"""
KINDS = DOMAIN.format(name="kinds", one="Oak", two="Ash")
CONDITIONS = DOMAIN.format(name="conditions", one="Good", two="Dead")
TABLE = """<d:DEFeatureClassInfo xmlns:d="esri"><Name>trees</Name>
<DatasetType>esriDTFeatureClass</DatasetType><GPFieldInfoExs>
<GPFieldInfoEx><Name>kind</Name><DomainName>kinds</DomainName></GPFieldInfoEx>
<GPFieldInfoEx><Name>height</Name></GPFieldInfoEx></GPFieldInfoExs>
<ShapeType>esriGeometryPoint</ShapeType>{subtypes}</d:DEFeatureClassInfo>"""
SUBTYPES = """<SubtypeFieldName>place</SubtypeFieldName><Subtypes><Subtype>
<SubtypeName>Street</SubtypeName><SubtypeCode>1</SubtypeCode><FieldInfos><SubtypeFieldInfo>
<FieldName>state</FieldName><DomainName>conditions</DomainName></SubtypeFieldInfo></FieldInfos>
</Subtype><Subtype><SubtypeName>Park</SubtypeName><SubtypeCode>2</SubtypeCode></Subtype>
</Subtypes>"""


def words_of(*definitions: str) -> TableWords:
    return read_table_words(definitions, "trees")


def worded(words: TableWords, **columns: list[int | float | None]) -> list[dict[str, object]]:
    return words.worded(pa.RecordBatch.from_pydict(columns)).to_pylist()


def test_codes_become_words_and_a_code_without_words_stays():
    words = words_of(KINDS, TABLE.format(subtypes=""))

    assert worded(words, kind=[1, 2.0, 7, None], height=[1, 2, 3, 4]) == [
        {"kind": "Oak", "height": 1},
        {"kind": "Ash", "height": 2},
        {"kind": "7", "height": 3},
        {"kind": None, "height": 4},
    ]
    assert words.worded_field(pa.field("kind", pa.int32())).type == pa.string()
    assert words.worded_field(pa.field("height", pa.int32())).type == pa.int32()


def test_a_subtype_has_a_name_and_may_have_domains_of_its_own():
    words = words_of(KINDS, CONDITIONS, TABLE.format(subtypes=SUBTYPES))

    assert worded(words, place=[1, 2], state=[2, 2]) == [
        {"place": "Street", "state": "Dead"},
        {"place": "Park", "state": "2"},
    ]


def test_the_words_of_another_table_are_not_taken():
    other = TABLE.format(subtypes="").replace("trees", "shrubs")

    assert words_of(KINDS, other) == TableWords()


def test_a_definition_that_is_no_plain_xml_explains_nothing():
    bomb = '<!DOCTYPE a [<!ENTITY b "kinds">]>' + TABLE.format(subtypes="")

    assert words_of("<broken", bomb) == TableWords()


def test_it_lists_tables_with_the_kind_of_their_shapes():
    trees = TABLE.format(subtypes="")
    notes = trees.replace("<Name>trees", "<Name>notes").replace("esriGeometryPoint", "")
    notes = notes.replace("FeatureClass<", "Table<")
    network = trees.replace("<Name>trees", "<Name>network").replace("esriDTFeatureClass", "other")

    assert find_tables([KINDS, trees, notes, network]) == {
        "trees": "esriGeometryPoint",
        "notes": "",
    }
