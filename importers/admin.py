"""The record of imports in Django's admin: to read, not to change."""

from django.contrib import admin
from django.http import HttpRequest

from importers.models import ImportRun, Issue, Notice, QuarantinedRow


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that people may look at and only the catalogue or an import writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = (
        "layer",
        "started_at",
        "outcome",
        "code",
        "rows_read",
        "published",
        "quarantined",
        "asked_by",
    )
    list_filter = ("outcome", "layer")
    date_hierarchy = "started_at"


@admin.register(Issue)
class IssueAdmin(ReadOnlyAdmin):
    list_display = ("run", "kind", "severity", "row", "field", "message")
    list_filter = ("severity", "kind")
    search_fields = ("message", "value")


@admin.register(QuarantinedRow)
class QuarantinedRowAdmin(ReadOnlyAdmin):
    list_display = ("run", "row", "kind")
    list_filter = ("kind",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("at", "layer", "kind", "code", "went_to", "problem")
    list_filter = ("kind", "layer")
