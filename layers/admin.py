"""What is published, in Django's admin: to read. The catalogue and the importers write it."""

from django.contrib import admin
from django.http import HttpRequest

from layers.models import Act, Edition, Field, Layer, Organisation


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that people may look at and only the catalogue or an import writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class FieldInline(admin.TabularInline):
    model = Field
    extra = 0
    can_delete = False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name", "gss_code", "slug")


@admin.register(Layer)
class LayerAdmin(ReadOnlyAdmin):
    list_display = ("title", "theme", "is_public", "published_edition", "changed_at")
    list_filter = ("theme", "is_public")
    search_fields = ("title", "description")
    inlines = (FieldInline,)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = (
        "layer",
        "id",
        "state",
        "published_at",
        "feature_count",
        "is_pinned",
        "is_sample",
    )
    list_filter = ("layer", "is_pinned", "is_sample")


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    """The audit trail."""

    list_display = ("at", "layer", "verb", "edition_id", "actor", "reason")
    list_filter = ("verb", "layer")
    search_fields = ("actor", "reason")
    date_hierarchy = "at"
