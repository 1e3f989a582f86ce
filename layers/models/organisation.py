"""The councils and other bodies that answer for layers."""

from django.contrib.gis.db import models


class Organisation(models.Model):
    """A council: written from its ``catalogue/<slug>/council.toml``.

    ``extent_27700`` is ``[west, south, east, north]`` in metres. ``brand`` is what pages take
    from ``[brand]``, ``[links]`` and ``[examples]``.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    gss_code = models.CharField(max_length=9, unique=True)
    website = models.URLField(blank=True)
    extent_27700 = models.JSONField()
    brand = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name
