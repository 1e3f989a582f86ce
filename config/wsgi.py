"""The WSGI application that granian serves: a web process, in the web's database role."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["IS_WEB_PROCESS"] = "true"

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from layers.crs import check_datum_shift

# No answer at all is better than one that is metres off.
check_datum_shift()
application = get_wsgi_application()
# Every view and what it imports, now rather than in somebody's first request.
_ = get_resolver().url_patterns
