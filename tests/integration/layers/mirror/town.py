"""Smallville's trees, changed at random edition after edition, as its officers would."""

import random
from dataclasses import replace
from pathlib import Path

import shapely

from importers.catalogue.load import load_catalogue
from importers.catalogue.sync import sync_layer
from importers.pipeline import import_layer
from importers.request import ImportRequest
from layers.models import Layer
from layers.publish import is_attached, roll_back, withdraw_layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.processes import ROOT
from tests.factories.source_files import write_csv

_CATALOGUE = ROOT / "tests/fixtures/catalogue/smallville"
Tree = dict[str, str]


class Town:
    """Trees by their reference, published over and over. Eastings and northings of EPSG:27700."""

    def __init__(self, seed: int, folder: Path, count: int = 60) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.catalogue = load_catalogue(_CATALOGUE)
        self.entry = self.catalogue.layers["trees"]
        self.layer: Layer = sync_layer(self.catalogue.council, self.entry)
        # Some references are no plain words: their ids are made from a hash.
        self.names = [f"T{n}" if n % 7 else f"T/{n} é" for n in range(2 * count)]
        self.trees = {name: self._new_tree(name) for name in self.names[:count]}
        self.felled: dict[str, Tree] = {}

    def publish_something(self) -> str:
        """Publish an edition, go back to one, or withdraw and return; say what was done."""
        done = self.random.choices(
            ["imported", "published", "rolled back", "withdrawn", "unchanged"], [6, 6, 3, 1, 1]
        )[0]
        if done == "rolled back":
            return self.roll_back()
        if done == "withdrawn":
            withdraw_layer(self.fresh_layer())
            return done
        if done != "unchanged":
            self.change()
        self.publish(by_import=done == "imported")
        return done

    def change(self) -> None:
        """Plant, fell, replant, move and measure some trees, and let other surveyors see them."""
        for _ in range(self.random.randint(1, 6)):
            self.random.choice([self._plant, self._fell, self._replant, self._edit, self._move,
                                self._survey])()  # fmt: skip

    def publish(self, *, by_import: bool) -> None:
        rows = list(self.trees.values())
        self.random.shuffle(rows)
        if by_import:
            # The file differs each time, so that it is never taken for one that is known.
            path = write_csv(self.folder / f"trees-{self.random.random()}.csv", rows)
            reason = "They are random: of course they differ."
            request = ImportRequest(str(path), override_reason=reason)
            report = import_layer(self.entry, self.catalogue.council, request)
            assert report.outcome in ("published", "unchanged"), report.reason
        else:
            publish_features(self.fresh_layer(), [_as_feature(row) for row in rows])

    def roll_back(self) -> str:
        layer = self.fresh_layer()
        earlier = layer.editions.exclude(published_at=None).exclude(pk=layer.published_edition_id)
        kept = [each.pk for each in earlier if is_attached(each.pk)]
        if not kept:
            return "nothing to go back to"
        roll_back(layer, to=self.random.choice(kept))
        return "rolled back"

    def hide(self, name: str) -> None:
        """Say in the catalogue that a field is no longer public, and publish nothing."""
        fields = tuple(replace(f, public=f.public and f.name != name) for f in self.entry.fields)
        self.entry = replace(self.entry, fields=fields, digest="a" * 64)
        sync_layer(self.catalogue.council, self.entry)

    def fresh_layer(self) -> Layer:
        self.layer.refresh_from_db()
        return self.layer

    def _new_tree(self, name: str) -> Tree:
        return {
            "TreeRef": name,
            "Species": self.random.choice(["Oak", "Ash", "Elm “wych”", "Beech \\ copper", ""]),
            "Height": str(self.random.choice([self.random.randint(1, 40), 12.75, 0.1])),
            "Planted": f"{self.random.randint(10, 28)}/03/2001",
            "Surveyor": "Ann",
            "Easting": f"{self.random.uniform(402000, 408000):.3f}",
            "Northing": f"{self.random.uniform(282000, 288000):.3f}",
        }

    def _any(self) -> Tree:
        return self.trees[self.random.choice(sorted(self.trees))]

    def _plant(self) -> None:
        unused = [name for name in self.names if name not in self.trees and name not in self.felled]
        if unused:
            self.trees[unused[0]] = self._new_tree(unused[0])

    def _fell(self) -> None:
        tree = self.trees.pop(self._any()["TreeRef"])
        self.felled[tree["TreeRef"]] = tree

    def _replant(self) -> None:
        if self.felled:
            name = self.random.choice(sorted(self.felled))
            tree = self.felled.pop(name)
            self.trees[name] = self.random.choice([tree, self._new_tree(name)])

    def _edit(self) -> None:
        tree = self._any()
        tree.update(Species=self._new_tree("")["Species"], Height=self._new_tree("")["Height"])

    def _move(self) -> None:
        tree = self._any()
        tree["Easting"] = f"{float(tree['Easting']) + self.random.choice([0.001, 5.0, 700.0]):.3f}"

    def _survey(self) -> None:
        self._any()["Surveyor"] = f"Surveyor {self.random.random()}"


def _as_feature(row: Tree) -> MadeFeature:
    """Return what the importer makes of a row."""
    day, month, year = row["Planted"].split("/")
    return MadeFeature(
        row["TreeRef"],
        shapely.Point(float(row["Easting"]), float(row["Northing"])),
        {
            "reference": row["TreeRef"],
            "species": row["Species"] or None,
            "height_m": float(row["Height"]),
            "planted_on": f"{year}-{month}-{day}",
        },
        {"surveyor": row["Surveyor"]},
    )
