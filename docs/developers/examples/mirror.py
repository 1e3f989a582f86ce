"""Keeps a copy of one layer in an SQLite file, by one small request a day.

    python mirror.py https://maps.example.gov.uk/api/collections/schools schools.sqlite

The first run copies the layer, each later one asks what changed since. Needs Python 3.9 and
nothing else. Exit 0: the copy is as the layer is. 1: it is as it was, or empty where nobody may
have the layer any more; the reason is printed, and the next run tries again.
"""

import json
import sqlite3
import sys
import urllib.error
import urllib.request

TABLES = """
CREATE TABLE IF NOT EXISTS features (id TEXT PRIMARY KEY, properties TEXT, geometry TEXT);
CREATE TABLE IF NOT EXISTS mirror (edition INTEGER, fields TEXT);
"""
# Before any layer was there: everything is new since then.
THE_BEGINNING = "1970-01-01T00:00:00Z"
TIMEOUT_S = 60


class Problem(Exception):
    """An answer that is no data. RFC 9457 says what kind of problem it is."""

    def __init__(self, kind, detail):
        super().__init__(detail)
        self.kind = kind


def follow(database, collection):
    """Bring the copy to the layer's present edition, or leave it as it was; return the edition."""
    row = database.execute("SELECT edition FROM mirror").fetchone()
    since = row[0] if row else THE_BEGINNING
    try:
        with database:  # all pages or none: half of them are no edition
            return take_changes(database, f"{collection}/items?changed-since={since}")
    except Problem as problem:
        if problem.kind in ("layer-withdrawn", "not-found"):
            with database:
                database.execute("DELETE FROM features")
                database.execute("DELETE FROM mirror")
        if problem.kind != "changes-unknown":
            raise
    with database:  # we slept for too long
        return copy_whole(database, f"{collection}/items?limit=1000")


def take_changes(database, address):
    fields = None
    for page in read_pages(address):
        if fields is None and page["sinceEdition"] is None:
            database.execute("DELETE FROM features")
        fields = page["fields"]
        put(database, page["features"])
        gone = [[feature_id] for feature_id in page["removed"]]
        database.executemany("DELETE FROM features WHERE id = ?", gone)
    drop_other_fields(database, fields)
    remember(database, page["edition"], fields)
    return page["edition"]


def copy_whole(database, address):
    database.execute("DELETE FROM features")
    for page in read_pages(address):
        put(database, page["features"])
    remember(database, page["edition"], None)
    return page["edition"]


def put(database, features):
    rows = [
        (each["id"], json.dumps(each["properties"]), json.dumps(each["geometry"]))
        for each in features
    ]
    database.executemany("INSERT OR REPLACE INTO features VALUES (?, ?, ?)", rows)


def drop_other_fields(database, fields):
    """Give up values of fields that are no longer public, where the fields are not as they were."""
    row = database.execute("SELECT fields FROM mirror").fetchone()
    if row and row[0] == json.dumps(fields):
        return
    for feature_id, text in database.execute("SELECT id, properties FROM features").fetchall():
        properties = json.loads(text)
        if not properties.keys() <= set(fields):
            kept = {name: properties[name] for name in properties if name in fields}
            database.execute(
                "UPDATE features SET properties = ? WHERE id = ?", [json.dumps(kept), feature_id]
            )


def remember(database, edition, fields):
    database.execute("DELETE FROM mirror")
    database.execute("INSERT INTO mirror VALUES (?, ?)", [edition, json.dumps(fields)])


def read_pages(address):
    """Give a page and those that follow it. All are of one edition."""
    while address:
        page = read(address)
        yield page
        links = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = links[0] if links else None


def read(address):
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_S) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        # The error page of some server in between is not the service's word.
        if error.headers.get_content_type() != "application/problem+json":
            raise
        problem = json.load(error)
        raise Problem(problem["type"].partition("#")[2], problem["detail"]) from None


def main(collection, file):
    database = sqlite3.connect(file)
    database.executescript(TABLES)
    try:
        edition = follow(database, collection.rstrip("/"))
    except (Problem, OSError) as error:
        sys.exit(f"{collection}: {error}")
    [count] = database.execute("SELECT count(*) FROM features").fetchone()
    print(f"{collection}: {count} features, edition {edition}")


if __name__ == "__main__":
    main(*sys.argv[1:])
