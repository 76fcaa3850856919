"""Settings that hold everywhere. The profile decides where data lives; the code is the same."""

from pathlib import Path

from cms.api.schedule import SCHEDULE as API_SCHEDULE
from cms.config import broker, env
from cms.conversations.schedule import SCHEDULE as CONVERSATIONS_SCHEDULE
from cms.editing.confirmation.schedule import SCHEDULE as CONFIRMATION_SCHEDULE
from cms.editing.health.schedule import SCHEDULE as HEALTH_SCHEDULE
from cms.editing.learning.schedule import SCHEDULE as LEARNING_SCHEDULE
from cms.editing.packages.schedule import SCHEDULE as PACKAGES_SCHEDULE
from cms.editing.translation.schedule import SCHEDULE as TRANSLATION_SCHEDULE
from cms.integrations.webhooks.schedule import SCHEDULE as WEBHOOKS_SCHEDULE
from cms.narration.schedule import SCHEDULE as NARRATION_SCHEDULE
from cms.remarks.schedule import SCHEDULE as REMARKS_SCHEDULE
from cms.search.schedule import SCHEDULE as SEARCH_SCHEDULE

ROOT = Path(__file__).resolve().parents[3]
PROFILE = env.choice("MAC_PROFILE", ("embedded", "services"))
DATA_DIR = Path(env.text("MAC_DATA_DIR", str(ROOT / "var"))).resolve()
CONTENT_DIR = ROOT / "content"
PORT = env.number("MAC_PORT", 8000)
DEMO = env.flag("MAC_DEMO")

INSTALLED_APPS = [
    "cms.ui",
    "cms.audit",
    "cms.accounts",
    "cms.publishing",
    "cms.integrations.webhooks",
    "cms.directory",
    "cms.tramites",
    "cms.notices",
    "cms.conversations",
    "cms.search",
    "cms.narration",
    "cms.editing.packages",
    "cms.editing.confirmation",
    "cms.editing.translation",
    "cms.editing.health",
    "cms.editing.learning",
    "cms.api",
    "cms.portal",
    "cms.offline",
    "cms.channels",
    "cms.remarks",
    "cms.desk",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.connections.released_early",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.portal.keeping.kept_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.ui.language.remember_chosen",
    "cms.ui.middleware.locale_from_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.ui.middleware.content_security_policy",
    "cms.channels.web.cors.conversation_origins",
    "cms.api.middleware.ContentApiMiddleware",
    "cms.ui.middleware.refuse_nul",
    "cms.tramites.middleware.AtomicAdminWrites",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cms.config.urls"
ASGI_APPLICATION = "cms.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.ui.context.institution",
            ],
        },
    },
]

if PROFILE == "services":
    POOL = {"min_size": 1, "max_size": env.number("MAC_DATABASE_CONNECTIONS", 20), "timeout": 10}
    # The pool, because under ASGI a connection kept per thread would never be given back. Each is looked at before it is
    # used: after a restart of the database all that lie in the pool are dead.
    DATABASES = {
        "default": {
            **env.database(env.text("DATABASE_URL")),
            "OPTIONS": {"pool": POOL},
            "CONN_HEALTH_CHECKS": True,
        }
    }
    REDIS_URL = env.text("REDIS_URL")
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            # What is kept there can be done without: nobody waits for a cache that hangs.
            "OPTIONS": {
                "socket_timeout": 0.5,
                "socket_connect_timeout": 0.3,
                "pool_class": "cms.config.shared_pool.SharedPool",
            },
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 3600,
        # A Redis that takes a task and never answers would keep whoever sends it for ever. The worker's own wait for tasks
        # is not cut short: it reads only when there is something to read.
        "socket_timeout": 2.0,
        "socket_connect_timeout": 1.0,
        "socket_keepalive": True,
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "mac.sqlite3",
            # Opening one costs as much as several queries; a database put in the place of this one is seen within a minute.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # A transaction takes the write lock when it begins: a read that later writes
                # cannot then fail with "database is locked" in the middle.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
            },
        }
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = f"{broker.SCHEME}://localhost"
    for folder in ("broker", "broker-control"):
        (DATA_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CONCURRENCY = env.number("MAC_WORKERS", 1)
CELERY_TIMEZONE = "America/Lima"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("qu", "Runasimi")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Lima"
# Peru writes S/ 1,234.50 while Django's Spanish writes 1.234,50: amounts and dates go through cms.ui.formats.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = "MAC"
WAGTAILADMIN_BASE_URL = env.text("MAC_PUBLIC_URL", f"http://127.0.0.1:{PORT}")
WAGTAIL_CONTENT_LANGUAGES = [("es", "Español")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.tramites.finishing.publish_approved"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.sign_in.EditorialSignInForm"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # by an administrator: there is no mail to send a link by
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx"]

PUBLIC_URL = WAGTAILADMIN_BASE_URL
RASA_URL = env.text("MAC_RASA_URL", f"http://127.0.0.1:{PORT + 1}")
ACTIONS_URL = env.text("MAC_ACTIONS_URL", f"http://127.0.0.1:{PORT + 2}")
ASSISTANT_TURN_SECONDS = 4.0

# How many pages of fichas each web process keeps ready to send (about 10 kB each).
KEPT_PAGES = env.number("MAC_KEPT_PAGES", 1000)
KEPT_LOOK_SECONDS = 0.5  # so old, at most, may a kept page be after something on it has changed

# After so many months a fact that nobody has looked at again is due for review.
REVIEW_MONTHS = env.number("MAC_REVIEW_MONTHS", 12)

# A conversation is kept for so many days after its last line.
RETENTION_DAYS = env.number("MAC_RETENTION_DAYS", 365)
# What citizens wrote before it was covered is kept sealed with the first of these; without any it is not kept.
ORIGINALS_KEYS = env.keys("MAC_ORIGINALS_KEYS")
# While everybody on shift is on a break, those who wait keep their place for so long.
QUEUE_GRACE_SECONDS = env.number("MAC_QUEUE_GRACE_SECONDS", 120)

# Other ministries' sites whose pages may hold conversations: scheme and host, comma separated.
CONVERSATION_ORIGINS = env.names("MAC_CONVERSATION_ORIGINS")

# Google's Spanish voice for public text, where the text may leave the house; recordings are bounded on the disk.
GOOGLE_VOICE = env.flag("MAC_GOOGLE_VOICE")
# The worker makes the recordings of what is published; without it they are made when first asked for.
AUDIO_AHEAD = env.flag("MAC_AUDIO_AHEAD", default=True)
AUDIO_MEGABYTES = env.number("MAC_AUDIO_MEGABYTES", 512)

# Mail goes to a server where one is named; otherwise each mail is a file, for whoever runs this to read.
MAIL = env.mail("MAC_MAIL_URL")
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.ssl, MAIL.starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAC_MAIL_FROM", "MAC <no-responder@localhost>")

# Subscribers are told at public addresses over https only. Tests speak with a double on this machine.
WEBHOOKS_ALLOW_LOOPBACK = False

CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a shift; accounts are used on shared computers
# The editors' preview is a frame of our own; the policy below forbids frames to every public page.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "/desk/entrar/"
LOGIN_REDIRECT_URL = "/desk/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_links": {"()": "cms.config.log_filters.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # The path a stranger asked for may hold anything, also somebody's number: it is not kept.
        "django.request": {"level": "ERROR", "filters": ["without_links"]},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "httpx": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "django.server": {"level": "WARNING"},
    },
}

CELERY_BEAT_SCHEDULE = {
    # A run that comes late is left out: the next one does its work.
    "sweep the outbox": {"task": "publishing.work_outbox", "schedule": 5.0, "options": {"expires": 5.0}},
    "publish what was scheduled": {
        "task": "tramites.publish_scheduled",
        "schedule": 20.0,
        "options": {"expires": 20.0},
    },
    "prune the outbox": {"task": "publishing.prune", "schedule": 86_400.0},
    **CONVERSATIONS_SCHEDULE,
    **API_SCHEDULE,
    **WEBHOOKS_SCHEDULE,
    **CONFIRMATION_SCHEDULE,
    **HEALTH_SCHEDULE,
    **LEARNING_SCHEDULE,
    **SEARCH_SCHEDULE,
    **PACKAGES_SCHEDULE,
    **TRANSLATION_SCHEDULE,
    **NARRATION_SCHEDULE,
    **REMARKS_SCHEDULE,
}
