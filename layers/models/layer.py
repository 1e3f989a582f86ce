"""A layer, its fields, and the pointer that says which edition is published."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from layers.models.organisation import Organisation


class Theme(models.TextChoices):
    """Subjects by which people find a layer."""

    BOUNDARIES = "boundaries", _("Boundaries")
    EDUCATION = "education", _("Schools and learning")
    LEISURE = "leisure", _("Parks and leisure")
    WASTE = "waste", _("Bins and recycling")
    PLANNING = "planning", _("Planning and building")
    HERITAGE = "heritage", _("Heritage")
    ADDRESSES = "addresses", _("Addresses and postcodes")
    ENVIRONMENT = "environment", _("Environment")
    TRANSPORT = "transport", _("Transport")
    BACKGROUND = "background", _("Background mapping")


class Layer(models.Model):
    """One published geometry type with one schema; at the HTTP edge a collection.

    Written from ``catalogue/<council>/<slug>.toml``; only ``published_edition``
    changes otherwise, and changing it is what publishing is.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="layers")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField()
    theme = models.CharField(max_length=30, choices=Theme)
    geometry_type = models.CharField(max_length=20)
    is_public = models.BooleanField(
        default=True, help_text="Shown on pages and in the API. Licensed address lists are not."
    )
    is_service = models.BooleanField(default=False, help_text="People ask for the nearest one.")
    is_area = models.BooleanField(default=False, help_text="People ask which one they are in.")
    is_constraint = models.BooleanField(default=False, help_text="It limits what may be built.")
    constraint = models.JSONField(
        default=dict, blank=True, help_text="How a constraint check reads it, where not as usual."
    )
    coverage = models.JSONField(
        default=dict, blank=True, help_text="The area for which it can say “no”; empty: not stated."
    )
    role = models.CharField(
        max_length=20,
        blank=True,
        help_text="What the service reads it for, such as ward, address or school; empty: to be "
        "shown and asked about, like any other.",
    )
    keeper_email = models.EmailField(
        blank=True, help_text="Who gets what people report about it; shown to nobody."
    )
    has_stable_ids = models.BooleanField(
        default=True, help_text="A feature keeps its id from one edition to the next."
    )
    title_field = models.CharField(max_length=63)
    datetime_field = models.CharField(max_length=63, blank=True)
    facts = ArrayField(
        models.CharField(max_length=63),
        default=list,
        blank=True,
        help_text="Fields that residents ask about, most wanted first.",
    )
    opening_hours = models.JSONField(
        default=dict, blank=True, help_text="Which of its fields hold opening hours, and how."
    )
    rank = models.PositiveSmallIntegerField(default=100, help_text="Order on pages, low first.")
    style = models.JSONField(default=dict, blank=True)
    licence = models.CharField(max_length=200)
    licence_url = models.URLField(blank=True)
    licence_restricted = models.BooleanField(
        default=False, help_text="Its licence does not allow to give it out: never public."
    )
    attribution = models.TextField()
    source_url = models.URLField(max_length=500, blank=True)
    refresh_days = models.PositiveSmallIntegerField(null=True, blank=True)
    catalogue_digest = models.CharField(max_length=64)
    keywords = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    published_edition = models.OneToOneField(
        "layers.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(
        help_text="When its description or its published edition last changed."
    )
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When its source was last read to the end."
    )
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when its source could not be read or was stopped."
    )

    class Meta:
        ordering = ["rank", "slug"]
        permissions = [
            ("publish_edition", "Can publish, set aside, roll back, withdraw and pin editions"),
            ("override_check", "Can publish an edition that a check stopped"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(is_public=True, licence_restricted=True),
                name="layers_layer_restricted_is_not_public",
                violation_error_message="A layer with a restricted licence cannot be public.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Field(models.Model):
    """One property of a layer's features."""

    class Type(models.TextChoices):
        TEXT = "text"
        INTEGER = "integer"
        NUMBER = "number"
        BOOLEAN = "boolean"
        DATE = "date"
        DATETIME = "datetime"
        URL = "url"

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=63)
    title = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    type = models.CharField(max_length=10, choices=Type)
    unit = models.CharField(max_length=20, blank=True)
    is_public = models.BooleanField(default=True)
    is_personal = models.BooleanField(default=False, help_text="It says something about a person.")
    is_required = models.BooleanField(default=False)
    is_queryable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "name"], name="layers_field_name_once"),
            models.CheckConstraint(
                condition=~models.Q(is_personal=True, is_public=True),
                name="layers_field_personal_is_not_public",
                violation_error_message="A field that says something about a person is not public.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
