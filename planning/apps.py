"""Constraint checks and their receipts, and planning applications."""

from types import ModuleType
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from layers.api.openapi.registered import register_paths
        from layers.publish import signals
        from layers.publish.citations import register_citations
        from planning.applications import keep_columns, texts
        from planning.companions import follow, pieces
        from planning.receipts.citations import editions_cited_by_receipts

        signals.edition_staged.connect(follow.prepare_edition, dispatch_uid="planning.prepare")
        signals.edition_dropped.connect(follow.drop_companions, dispatch_uid="planning.drop")
        signals.layer_described.connect(follow.follow_layer, dispatch_uid="planning.described")
        signals.layer_moved.connect(follow.follow_layer, dispatch_uid="planning.moved")
        signals.fields_hidden.connect(pieces.hide_properties, dispatch_uid="planning.hide")
        register_paths(self.name, _constraints_paths)
        post_migrate.connect(follow.prepare_all, sender=self)
        register_citations("receipts", editions_cited_by_receipts)
        signals.edition_staged.connect(texts.write_texts, dispatch_uid="planning.write_texts")
        signals.edition_dropped.connect(texts.drop_texts, dispatch_uid="planning.drop_texts")
        signals.fields_hidden.connect(texts.rewrite_texts, dispatch_uid="planning.rewrite_texts")
        post_migrate.connect(texts.write_missing_texts, sender=self)
        _keep_columns_of(keep_columns, signals)
        post_migrate.connect(keep_columns.keep_shown_columns, sender=self)


def _keep_columns_of(keep: ModuleType, signals: ModuleType) -> None:
    signals.edition_staged.connect(keep.keep_columns, dispatch_uid="planning.keep_columns")
    signals.edition_dropped.connect(keep.drop_columns, dispatch_uid="planning.drop_columns")
    signals.fields_hidden.connect(keep.rewrite_columns, dispatch_uid="planning.rewrite_columns")
    signals.layer_described.connect(keep.follow_columns, dispatch_uid="planning.follow_columns")
    signals.layer_moved.connect(keep.follow_columns, dispatch_uid="planning.follow_columns")


def _constraints_paths() -> dict[str, Any]:
    # Here, because no command but the service has a use for the API's views.
    from planning.api.openapi import constraints_paths

    return constraints_paths()
