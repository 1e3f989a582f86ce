"""What the codes of a File Geodatabase's table mean, by its domains and subtypes.

GDAL tells only some of them through Arrow. All stand as XML in the table GDB_Items.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from importers.read.child.esri_fields import code_text

Words = dict[str, str]

_TABLES = ("esriDTFeatureClass", "esriDTTable")


@dataclass(frozen=True, slots=True)
class TableWords:
    """Words by code for the columns of one table.

    ``by_subtype`` holds a column's words where the row's subtype, the code in
    ``subtype_column``, has a domain of its own for it.
    """

    subtype_column: str = ""
    by_column: dict[str, Words] = field(default_factory=dict)
    by_subtype: dict[str, dict[str, Words]] = field(default_factory=dict)

    def worded_field(self, column: "pa.Field[Any]") -> "pa.Field[Any]":
        """Return a column's field as text if its codes have words."""
        return pa.field(column.name, pa.string()) if self._has_words(column.name) else column

    def worded(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return ``batch`` with words in place of codes; a code without words stays, as text."""
        subtypes = self._subtypes(batch)
        for place, name in enumerate(batch.schema.names):
            if self._has_words(name):
                texts = list(self._texts(name, batch.column(place).to_pylist(), subtypes))
                batch = batch.set_column(place, name, pa.array(texts, pa.string()))
        return batch

    def _has_words(self, column: str) -> bool:
        return column in self.by_column or column in self.by_subtype

    def _subtypes(self, batch: pa.RecordBatch) -> list[str]:
        if self.subtype_column not in batch.schema.names:
            return [""] * batch.num_rows
        return [code_text(code) for code in batch.column(self.subtype_column).to_pylist()]

    def _texts(self, column: str, codes: list[Any], subtypes: list[str]) -> Iterator[str | None]:
        usual, special = self.by_column.get(column, {}), self.by_subtype.get(column, {})
        for code, subtype in zip(codes, subtypes, strict=True):
            text = code_text(code)
            yield None if code is None else special.get(subtype, usual).get(text, text)


def find_tables(definitions: Iterable[str]) -> dict[str, str]:
    """Return Esri's word for the shapes of each table, by name; empty for one without shapes.

    Not GDAL's list, because pyogrio can make none where one of the layers has
    shapes of a kind that it does not know.
    """
    items = [item for text in definitions if (item := _parsed(text)) is not None]
    return {
        _text(item, "Name"): _text(item, "ShapeType")
        for item in items
        if _text(item, "DatasetType") in _TABLES
    }


def read_table_words(definitions: Iterable[str], table: str) -> TableWords:
    """Return the words of ``table``, out of the definitions of all items of its geodatabase."""
    items = [item for text in definitions if (item := _parsed(text)) is not None]
    domains = {
        _text(item, "DomainName"): _coded_values(item)
        for item in items
        if item.find("CodedValues") is not None
    }
    for item in items:
        if item.find("GPFieldInfoExs") is not None and _text(item, "Name") == table:
            return _table_words(item, domains)
    return TableWords()


def _table_words(item: ElementTree.Element, domains: dict[str, Words]) -> TableWords:
    subtype_column = _text(item, "SubtypeFieldName")
    by_column = {
        _text(each, "Name"): domains[domain]
        for each in item.iterfind("GPFieldInfoExs/GPFieldInfoEx")
        if (domain := _domain_name(each)) in domains
    }
    subtypes = item.findall("Subtypes/Subtype")
    if subtype_column and subtypes:
        by_column[subtype_column] = {
            _text(each, "SubtypeCode"): _text(each, "SubtypeName") for each in subtypes
        }
    by_subtype: dict[str, dict[str, Words]] = {}
    for each in subtypes:
        for info in each.iterfind("FieldInfos/SubtypeFieldInfo"):
            if (domain := _domain_name(info)) in domains:
                words = by_subtype.setdefault(_text(info, "FieldName"), {})
                words[_text(each, "SubtypeCode")] = domains[domain]
    return TableWords(subtype_column, by_column, by_subtype)


def _parsed(text: str) -> ElementTree.Element | None:
    """Return a definition, None for one that is no plain XML: it then explains no code."""
    if "<!DOCTYPE" in text:
        return None
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return None


def _coded_values(domain: ElementTree.Element) -> Words:
    return {
        _text(each, "Code"): _text(each, "Name")
        for each in domain.iterfind("CodedValues/CodedValue")
    }


def _domain_name(field_info: ElementTree.Element) -> str:
    return _text(field_info, "DomainName") or _text(field_info, "Domain/DomainName")


def _text(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
