"""The WSGI application that granian serves: a web process, in the web's database role."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["IS_WEB_PROCESS"] = "true"
# The datum shift is threaded. For the corners of a site, waking a thread for each core costs more
# than the shift does: a tenth of a constraint check on two cores.
os.environ.setdefault("RAYON_NUM_THREADS", "1")

import django
from django.urls import get_resolver
from django.utils.module_loading import import_string

from config.chunked_bodies import MeasureChunkedBodies
from config.lent_connections import LendConnections, leave_connections_to_us
from layers.crs import check_datum_shift

# No answer at all is better than one that is metres off.
check_datum_shift()
django.setup(set_prefix=False)
# What they stand on are settings and models, which only now can be imported.
_django = import_string("config.requests.Utf8Handler")()
_unchanged_first = import_string("config.unchanged.AnswerUnchangedFirst")(_django)
application = MeasureChunkedBodies(LendConnections(_unchanged_first))
leave_connections_to_us()
# Every view and what it imports, now rather than in somebody's first request; and which release
# this is, while the files are those that were just read.
_ = get_resolver().url_patterns
for look in ("build_digest", "built_at"):
    import_string(f"layers.api.build.{look}")()
# What is here now stays for as long as the process: the search for cycles of objects, which comes
# round every few hundred requests, need not go through all of it again.
gc.collect()
gc.freeze()
