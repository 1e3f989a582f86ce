"""Keys in Django's admin: given out and taken back, never changed into others."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from access.keys import revoke_key, seal
from access.models import ApiKey


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """The secret is in the message after saving, and nowhere else."""

    list_display = ("name", "contact", "prefix", "state", "expires_at", "last_used_on")
    search_fields = ("name", "contact", "prefix")
    fields = ("name", "contact", "expires_at")
    actions = ("revoke",)

    def save_model(self, request: HttpRequest, obj: ApiKey, form: ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        text = seal(obj)
        messages.warning(request, f"The key is {text} - copy it now, it is not shown again.")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.action(description="Revoke the keys", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        for key in queryset:
            revoke_key(key)
        messages.success(request, "Revoked. Web processes hear of it within half a minute.")
