"""Every setting, read from the environment. What each variable means: ``.env.example``."""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from config import environment as env
from config.basemap import PictureTiles, read_basemap

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = env.read_path("LOCAL_DIR", BASE_DIR / ".local")

DEBUG = env.read_bool("DEBUG", False)
SECRET_KEY = env.read_text("SECRET_KEY")
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.read_list("CSRF_TRUSTED_ORIGINS", [])

# The release, as in pyproject.toml.
VERSION = "0.1.0"
COUNCIL = env.read_text("COUNCIL", "birmingham")
CATALOGUE_DIR = env.read_path("CATALOGUE_DIR", BASE_DIR / "catalogue")
SOURCES_DIR = env.read_path("SOURCES_DIR", LOCAL_DIR / "sources")
MAX_SOURCE_BYTES = env.read_integer("MAX_SOURCE_BYTES", 1_000_000_000)
# Files given in a browser wait here for the worker; uploads are written here and nowhere else.
INBOX_DIR = env.read_path("INBOX_DIR", LOCAL_DIR / "inbox")
MAX_UPLOAD_BYTES = env.read_integer("MAX_UPLOAD_BYTES", 250_000_000)
FILE_UPLOAD_HANDLERS = ["desk.uploads.InboxUploadHandler"]
# Vector tiles kept on this machine's disk; 0 where a proxy in front keeps them.
TILE_STORE_BYTES = env.read_integer("TILE_STORE_BYTES", 500_000_000)
# Whole layers as files, made by the worker and sent by the web process.
EXPORTS_DIR = env.read_path("EXPORTS_DIR", LOCAL_DIR / "exports")
# What a cut that is made on demand may take: seconds, features of a format that is no text, bytes.
DOWNLOAD_MAX_S = env.read_integer("DOWNLOAD_MAX_S", 120)
DOWNLOAD_MAX_FEATURES = env.read_integer("DOWNLOAD_MAX_FEATURES", 250_000)
DOWNLOAD_MAX_BYTES = env.read_integer("DOWNLOAD_MAX_BYTES", 2_000_000_000)
# Cuts that one web process makes at a time; the files ready made do not count.
DOWNLOADS_AT_ONCE = env.read_integer("DOWNLOADS_AT_ONCE", 2)
# Whoever reads a large file slowly occupies a thread of the web process: some are left for others.
WEB_THREADS = env.read_integer("WEB_THREADS", 12)
DOWNLOADS_SENT_AT_ONCE = max(1, WEB_THREADS - 4)
# Filters, counts and the like, which may take two seconds each: some at a time, the same number in
# all left for others.
SEARCHES_AT_ONCE = max(1, WEB_THREADS // 4)
SEARCHES_WAITING = max(0, WEB_THREADS - 4 - SEARCHES_AT_ONCE)
EDITIONS_KEPT = env.read_integer("EDITIONS_KEPT", 3)
# Editions that a kept check of so many days read are kept beyond these.
CITED_EDITIONS_KEPT_DAYS = env.read_integer("CITED_EDITIONS_KEPT_DAYS", 365)
# How many checks one network may keep in a day: nobody but an operator deletes them. 0: no limit.
CHECKS_KEPT_PER_DAY = env.read_integer("CHECKS_KEPT_PER_DAY", 200)
# The largest file that anybody may send as the boundary of a site; 0: none is taken.
SITE_FILE_MAX_BYTES = env.read_integer("SITE_FILE_MAX_BYTES", 10_000_000)
SANDBOX_REQUIRED = env.read_bool("SANDBOX_REQUIRED", False)
FETCH_INTERNAL_HOSTS = env.read_hosts("FETCH_INTERNAL_HOSTS")
FETCH_PORTS = env.read_integers("FETCH_PORTS", [])
FETCH_CA_FILE = env.read_optional_path("FETCH_CA_FILE")
FETCH_MAX_S = env.read_integer("FETCH_MAX_S", 1800)

REFRESHES_BY_SCHEDULE = env.read_bool("REFRESHES_BY_SCHEDULE", True)
SOURCES_KEPT_DAYS = env.read_integer("SOURCES_KEPT_DAYS", 90)
CHANGES_KEPT = env.read_integer("CHANGES_KEPT", 30)

# Who is told when a layer cannot be refreshed, and how.
SITE_URL = env.read_https_address("SITE_URL").rstrip("/")
NOTICES_EMAIL = env.read_list("NOTICES_EMAIL", [])
NOTICES_WEBHOOK = env.read_https_address("NOTICES_WEBHOOK")
NOTICES_WEBHOOK_SECRET = env.read_text("NOTICES_WEBHOOK_SECRET", "")
EMAIL_BACKEND = env.read_text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.read_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.read_integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.read_text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.read_text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.read_bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.read_bool("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.read_text("EMAIL_FROM", "council-maps@localhost")

INSTALLED_APPS = [
    "access",
    "accounts",
    "layers",
    "importers",
    "gazetteer",
    "waste",
    "planning",
    "reports",
    "maps",
    "desk",
    "sample_city",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "csp",
    "procrastinate.contrib.django",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# Told to stop, the worker lets a short job end; it has 8 seconds in all (scripts/service.py).
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 3.0}

MIDDLEWARE = [
    "config.compression.CompressAnswersMiddleware",
    "access.middleware.LimitRequestsMiddleware",
    "layers.api.conditional.ConditionalAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PagePolicyMiddleware",
    "config.middleware.StaffOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.shared_links.MendSharedLinksMiddleware",
    "config.middleware.AnswerHeadersMiddleware",
    "config.metrics.MeasureRequestsMiddleware",
]
# Sessions, sign-in, messages and CSRF run for these addresses alone: the public
# pages and the API set no cookie and pay for none of it.
STAFF_PREFIXES = ("/admin/", "/manage/")
# The admin looks for them in the list above; StaffOnlyMiddleware has all three inside.
SILENCED_SYSTEM_CHECKS = [
    "admin.E408",
    "admin.E409",
    "admin.E410",
    # Debian's GDAL is older than the switch that this asks for. The web process opens no file
    # and takes no spatial reference from outside; files are read in the sandbox by another GDAL.
    "gis.W001",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:front"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "maps.context.council",
            ],
        },
    },
]

# The web process signs in as a role that owns nothing; every other process as the owner.
# Without DATABASE_WEB_URL the web process steps down to that role by itself.
WEB_ROLE = "council_maps_web"
IS_WEB_PROCESS = env.read_bool("IS_WEB_PROCESS", False)
_OWNER = env.read_database("DATABASE_URL", "")
_WEB = env.read_database("DATABASE_WEB_URL", env.read_text("DATABASE_URL"))
if not env.read_text("DATABASE_WEB_URL", ""):
    _WEB["OPTIONS"] = {**_WEB["OPTIONS"], "options": f"-c role={WEB_ROLE}"}


# Statements whose plan never changes are prepared once for each connection. A pooler that hands a
# connection from one to another (pgbouncer before 1.21) cannot have that.
_PREPARE_AFTER = 3 if env.read_bool("DATABASE_PREPARES", True) else None


def _database(entry: dict[str, Any], session: str) -> dict[str, Any]:
    options = {**entry["OPTIONS"], "prepare_threshold": _PREPARE_AFTER}
    options["options"] = f"{options.get('options', '')} {session}".strip()
    return {
        **entry,
        "OPTIONS": options,
        "CONN_MAX_AGE": None if IS_WEB_PROCESS else 0,
        "CONN_HEALTH_CHECKS": IS_WEB_PROCESS,
    }


# Answers take milliseconds: starting a parallel worker for one costs more than it saves.
_WEB_SESSION = "-c statement_timeout=2000 -c jit=off -c max_parallel_workers_per_gather=0"
# A reader must not write.
_READ_SESSION = f"{_WEB_SESSION} -c default_transaction_read_only=on"

DATABASES = {
    "default": _database(_WEB, _WEB_SESSION) if IS_WEB_PROCESS else _database(_OWNER, "-c jit=off"),
    "read": {**_database(_WEB, _READ_SESSION), "TEST": {"MIRROR": "default"}},
}
DATABASES["default"]["TEST"] = {"TEMPLATE": env.read_text("TEST_DATABASE_TEMPLATE", "template1")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = env.read_text("LANGUAGE_CODE", "en-gb")
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.read_path("STATIC_ROOT", LOCAL_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "EXCEPTION_HANDLER": "layers.api.problems.answer_exception",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

# How many requests a minute one caller has, without a key and with one; 0: as many as they like.
API_RATE_PER_MINUTE = env.read_integer("API_RATE_PER_MINUTE", 0)
API_KEY_RATE_PER_MINUTE = env.read_integer("API_KEY_RATE_PER_MINUTE", 0)
CLIENT_ADDRESS_HEADER = env.read_text("CLIENT_ADDRESS_HEADER", "")

# What lies under every map (docs/operators/basemap.md): "own", pictures of another host, or None.
BASEMAP = read_basemap()
_PICTURE_HOSTS = [BASEMAP.origin] if isinstance(BASEMAP, PictureTiles) else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_PICTURE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
# What a folium page needs beyond that: its own script by nonce, and to be framed.
EMBED_SCRIPT_SRC = [SELF, NONCE]

# Behind a proxy that ends TLS; on by default wherever DEBUG is off and HTTPS is said to be.
SERVED_OVER_HTTPS = env.read_bool("SERVED_OVER_HTTPS", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# No address that a resident looked up leaves in a Referer, not even to ourselves.
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_address": {"()": "config.logs.WithoutAddress"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "stderr_without_address": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_address"],
        },
    },
    "root": {"handlers": ["stderr"], "level": env.read_text("LOG_LEVEL", "INFO")},
    "loggers": {
        # Errors of ours are loud; what callers got wrong is theirs, and is not written down.
        "django.request": {
            "handlers": ["stderr_without_address"],
            "level": "ERROR",
            "propagate": False,
        },
        "django.server": {"level": "CRITICAL"},
        # Neither is what they send too much of, at 2 kB of traceback each; nor the host that they
        # ask for: they choose what would stand there.
        "django.security": {"level": "CRITICAL", "propagate": False},
        # A form that officers see refused is worth a line, without what somebody typed.
        "django.security.csrf": {
            "handlers": ["stderr_without_address"],
            "level": "WARNING",
            "propagate": False,
        },
        "pyogrio": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
