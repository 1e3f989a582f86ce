"""The reader that nobody should write: it opens a file with all that libraries can do.

`PROGRAM` has every driver of GDAL, follows entities of XML, runs what a database holds and unpacks
archives with their links. It tells what it found, as a library that was taken over would.
"""

PROGRAM = r"""
import os, socket, sqlite3, xml.sax, zipfile
import pyogrio, pyogrio.raw
socket.setdefaulttimeout(2)
pyogrio.set_gdal_config_options({"OGR_SQLITE_LOAD_EXTENSIONS": "YES", "GML_DOWNLOAD_SCHEMA": "YES",
    "GML_SKIP_RESOLVE_ELEMS": "NONE", "GDAL_HTTP_TIMEOUT": "2", "GDAL_HTTP_CONNECTTIMEOUT": "2",
    "OGR_VRT_MAX_OPENED": "9", "OGR_SQLITE_LIST_VIRTUAL_OGR": "YES"})

def attempt(step, *arguments):
    try:
        tell(step.__name__, repr(step(*arguments))[:1500])
    except MemoryError:
        tell(step.__name__, "had no memory")
    except Exception as error:
        tell(step.__name__, type(error).__name__, str(error)[:300])

def gdal(name):
    layers = pyogrio.list_layers(name)
    for layer in layers:
        attempt(gdal_layer, name, layer[0])
    return layers

def gdal_layer(name, layer):
    return pyogrio.raw.read(name, layer=layer, max_features=10)[2:]

def gdal_by_sql(name):
    return pyogrio.raw.read(name, sql="SELECT load_extension('" + name + "')", sql_dialect="SQLITE")

class Entities(xml.sax.handler.ContentHandler):
    def __init__(self):
        self.said = ""
    def characters(self, text):
        self.said = (self.said + text)[:5000]

def xml_with_entities(name):
    reader, entities = xml.sax.make_parser(), Entities()
    reader.setFeature(xml.sax.handler.feature_external_ges, True)
    reader.setContentHandler(entities)
    try:
        reader.parse(name)
    finally:
        tell("entities", entities.said)

def database(name):
    opened = sqlite3.connect(name)
    opened.execute("PRAGMA trusted_schema = ON")
    tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_schema")]
    for table in tables:
        attempt(database_table, opened, table)
    return tables

def database_table(opened, table):
    return opened.execute(f'SELECT * FROM "{table}" LIMIT 20').fetchall()

def unpack(name):
    with zipfile.ZipFile(name) as archive:
        for number, member in enumerate(archive.infolist()):
            inner = f"{scratch}/{number}-{os.path.basename(member.filename) or 'folder'}"
            if member.external_attr >> 28 == 0xA:
                os.symlink(archive.read(member), inner)
            else:
                with open(inner, "wb") as file, archive.open(member) as packed:
                    while some := packed.read(1_000_000):
                        file.write(some)
            attempt(open_all, inner)

def text(name):
    return open(name, "rb").read(2000) if os.path.islink(name) else ""

def open_all(name):
    for step in (gdal, gdal_by_sql, xml_with_entities, database, text, unpack):
        attempt(step, name)
    for archive in ("/vsizip/", "/vsigzip/"):
        attempt(gdal, archive + name)

open_all(path)
tell("tried everything")
sys.exit(1)
"""
