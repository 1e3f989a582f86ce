"""Taking away what a test has committed."""

from django.db import connection
from psycopg import sql

from importers.models import ImportRun
from layers.models import Edition, Layer, Organisation
from layers.publish import discard_edition
from layers.query.cache import forget_layers
from tests.factories.council import require_test_database


def drop_everything() -> None:
    """Drop every layer with its editions, features, streets and view, and the council.

    For fixtures that publish once for a whole module; a transactional test's own rows are
    flushed by Django, its partitions stay behind and harm nobody.
    """
    require_test_database()
    ImportRun.objects.all().delete()
    Layer.objects.update(published_edition=None)
    for edition_id in Edition.objects.values_list("pk", flat=True):
        discard_edition(edition_id)
    Edition.objects.all().delete()
    for slug in Layer.objects.values_list("slug", flat=True):
        view = sql.Identifier("published", slug.replace("-", "_"))
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE layers_act")  # its rows can be neither changed nor deleted
    Layer.objects.all().delete()
    Organisation.objects.all().delete()
    forget_layers()
