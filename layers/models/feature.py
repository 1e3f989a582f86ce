"""Every feature of every edition: one table, partitioned by edition."""

from django.contrib.gis.db import models

from layers.models.edition import Edition


class Feature(models.Model):
    """One row of an edition.

    ``geom_27700`` (easting, northing; metres) is for measuring;
    ``geom_4326`` (longitude, latitude) is the same shape shifted by OSTN15 at
    import, for GeoJSON and tiles. No query changes between the two.
    ``id`` is the row's order in its edition and the key by which pages follow
    one another; ``fid`` is its URL segment, made from the source's own ``key``.
    Of shapes, PostgreSQL keeps what a page shows as text besides: the column ``geojson``, which no
    code writes (docs/adr/0038).
    """

    pk = models.CompositePrimaryKey("edition_id", "id")
    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, db_constraint=False)
    id = models.BigIntegerField()
    fid = models.TextField()
    key = models.TextField()
    properties = models.JSONField()
    restricted = models.JSONField(
        null=True, help_text="Fields that are not public. The web's database role cannot read it."
    )
    geom_27700 = models.GeometryField(srid=27700, null=True)
    geom_4326 = models.GeometryField(srid=4326, null=True)
    centroid_4326 = models.PointField(srid=4326, null=True)

    class Meta:
        managed = False
        db_table = "layers_feature"

    def __str__(self) -> str:
        return self.fid
