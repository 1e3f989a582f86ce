"""The keys of a catalogue that say what is fetched, and from which servers."""

import re

from importers.catalogue.entries import FetchEntry, Service
from importers.catalogue.toml_table import TomlTable
from importers.errors import AddressRefused
from importers.fetch.address import parse_address

PLANNING_DATA_PAGE_SIZE = 500

_LARGEST_PAGE = 10_000
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_WFS_VERSIONS = ("2.0.0", "1.1.0")
# What the server calls the layer: the key by the service.
_LAYER_KEYS: dict[Service, str] = {
    "wfs": "type_name",
    "ogc-api-features": "collection",
    "opendatasoft": "dataset",
}
_KEYS: dict[Service, tuple[str, ...]] = {
    "file": (),
    "arcgis": ("where", "page_size"),
    "wfs": (
        *("type_name", "where", "version", "output_format", "page_size", "paging"),
        "lower_case_parameters",
    ),
    "ogc-api-features": ("collection", "page_size"),
    "opendatasoft": ("dataset", "where"),
    "planning-data": ("page_size",),
}


def host_names(table: TomlTable) -> frozenset[str]:
    """Return the servers of ``hosts``, each one name and nothing else."""
    hosts = table.texts("hosts", ())
    for host in hosts:
        if not _HOST.fullmatch(host):
            table.refuse(
                "hosts",
                f'holds "{host}". Write the names of servers alone, in small letters, as in '
                '"maps.example.gov.uk".',
            )
    return frozenset(hosts)


def fetch_entry(table: TomlTable) -> FetchEntry | None:
    """Return what ``[source]`` says about fetching, None without an ``address``.

    Raises
    ------
    CatalogueInvalid
        The address cannot be fetched from, or a key is not one of its service.
    """
    service: Service = table.choice("service", Service, "file")
    layer_key = _LAYER_KEYS.get(service, "")
    entry = FetchEntry(
        address=table.text("address", ""),
        service=service,
        layer=table.text(layer_key, "") if layer_key else "",
        where=table.text("where", ""),
        version=table.text("version", _WFS_VERSIONS[0]),
        output_format=table.text("output_format", ""),
        page_size=table.integer("page_size", None, at_least=1),
        paging=table.flag("paging", True),
        lower_case_parameters=table.flag("lower_case_parameters", False),
    )
    _refuse_keys_of_others(table, entry, layer_key)
    if not entry.address:
        if table.has("service"):
            table.refuse("address", "is missing: a service needs the address of its server.")
        return None
    _refuse_bad_values(table, entry, layer_key)
    return entry


def _refuse_keys_of_others(table: TomlTable, entry: FetchEntry, layer_key: str) -> None:
    every_key = dict.fromkeys(key for keys in _KEYS.values() for key in keys)
    for key in every_key:
        if table.has(key) and key not in _KEYS[entry.service]:
            of = ", ".join(f'"{service}"' for service, keys in _KEYS.items() if key in keys)
            table.refuse(key, f'is for the service {of}, but the service is "{entry.service}".')


def _refuse_bad_values(table: TomlTable, entry: FetchEntry, layer_key: str) -> None:
    try:
        address = parse_address(entry.address)
    except AddressRefused as fault:
        table.refuse("address", f"cannot be fetched. {fault}")
    if address.scheme != "https":
        table.refuse("address", f'is "{entry.address}". Write one that starts with https://.')
    if layer_key and not entry.layer:
        table.refuse(layer_key, "is missing: it says which layer of the server is meant.")
    if entry.version not in _WFS_VERSIONS:
        table.refuse("version", f'is "{entry.version}". Write one of: {", ".join(_WFS_VERSIONS)}.')
    largest = PLANNING_DATA_PAGE_SIZE if entry.service == "planning-data" else _LARGEST_PAGE
    if (entry.page_size or 0) > largest:
        table.refuse("page_size", f"is {entry.page_size}. At most {largest:,} are asked for.")
