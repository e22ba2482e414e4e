"""Settings from the environment only; a secret may also come from a file (<NAME>_FILE)."""

from datetime import timedelta
from os import environ
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent
env = FileAwareEnv()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random text into the environment variable SECRET_KEY, "
        "or its path into SECRET_KEY_FILE. To make one: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'. "
        "For development, set DEBUG=1 instead."
    )
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="Hearthline")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="hearthline@localhost")

# Apps, from the bottom of the one-way order to its top
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "tree_queries",
    "rest_framework",
    "anymail",
    "axes",
    "survey.core",
    "survey.organization",
    "survey.accounts",
    "survey.letters",
    "survey.questionnaires",
    "survey.campaigns",
    "survey.responses",
    "survey.aggregation",
    "survey.linkage",
    "survey.followup",
    "survey.samples",
    "survey.answering",
    "survey.console",
    "survey.dashboards",
    "survey.api",
]
MIDDLEWARE = [
    "survey.answering.health.HealthFirstMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "survey.answering.policies.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "survey.answering.headers.HeadersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "survey.answering.addresses.AddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "survey.dashboards.access_log.recording.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "survey.organization.context.product",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader"],
        },
    }
]

# Database: SQLite is the embedded default, PostgreSQL the production database
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'hearthline.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASE_STATEMENT_TIMEOUT = env.int("DATABASE_STATEMENT_TIMEOUT", default=0)  # milliseconds
DATABASE_LOCK_TIMEOUT = env.int("DATABASE_LOCK_TIMEOUT", default=0)  # milliseconds
DATABASE_PREPARE_AFTER = env.int("DATABASE_PREPARE_AFTER", default=0)  # times; 0: never
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"].update(
        ENGINE="config.postgresql", CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True
    )
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "server_side_binding": True,  # keeps answers out of statement logs
        "prepare_threshold": DATABASE_PREPARE_AFTER or None,
        "options": f"-c statement_timeout={DATABASE_STATEMENT_TIMEOUT} "
        f"-c lock_timeout={DATABASE_LOCK_TIMEOUT}",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMPTY_JOURNAL = "config.databases.empty_journal"  # called after every seal
CUT_COUNTER = "survey.aggregation.cut_counting.count_cuts"  # called inside the last seal
LIST_LOOSE_SETTINGS = "config.databases.list_loose_settings"  # of the server, for check --deploy
DUMP_DATABASE, LOAD_DATABASE = "config.dumps.dump", "config.dumps.load"  # into and from a file

# Keys of open waves: outside the database and its backups
KEYS_DIR = Path(env.str("KEYS_DIR", default=str(DATA_DIR / "keys")))
KEYS_DIR_COPY = env.str("KEYS_DIR_COPY", default="")

# Broker: Redis, or files when there is none; truth is rows, the broker carries hints only
REDIS_URL = env.str("REDIS_URL", default="")
BROKER_DIR = Path(env.str("BROKER_DIR", default=str(DATA_DIR / "broker")))
TICK_SECONDS = env.float("TICK_SECONDS", default=10.0)
DUE_LIMIT_SECONDS = env.int("DUE_LIMIT_SECONDS", default=600)  # then /health/ready says degraded
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # empty: no metrics

# How long what names customers is kept, in days; nothing of answers is kept by name
CONTACTS_KEPT_DAYS = env.int("CONTACTS_KEPT_DAYS", default=90)  # after the end of the wave
INTERACTIONS_KEPT_DAYS = env.int("INTERACTIONS_KEPT_DAYS", default=396)  # thirteen months
ADDRESSES_KEPT_DAYS = env.int("ADDRESSES_KEPT_DAYS", default=30)  # on letters that went out

# Letters
EMAIL_URL = env.email_url("EMAIL_URL", default="consolemail://")
globals().update(EMAIL_URL)
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=EMAIL_URL["EMAIL_BACKEND"])
ANYMAIL = {  # ANYMAIL_POSTMARK_SERVER_TOKEN and the like, each as *_FILE too
    name.removeprefix("ANYMAIL_"): env.str(name)
    for name in {name.removesuffix("_FILE") for name in environ if name.startswith("ANYMAIL_")}
}
LETTERS_PER_DOMAIN_MINUTE = env.int("LETTERS_PER_DOMAIN_MINUTE", default=0)  # 0: no limit
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=CONTACT_EMAIL)
EMAIL_TIMEOUT = 20
SMS_URL = env.str("SMS_URL", default="")  # empty: text messages are printed
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_SENDER = env.str("SMS_SENDER", default="")
SMS_FIELDS = env.dict("SMS_FIELDS", default={})
SMS_STOP_WORD = env.str("SMS_STOP_WORD", default="")

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Wrong passwords are counted by account: no address and no browser is looked at, or kept
AXES_HANDLER = "survey.accounts.guessing.GuessCounter"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "survey.accounts.guessing.no_address"
AXES_LOCKOUT_CALLABLE = "survey.dashboards.locked.locked"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # wants addresses, since browsers' names can be changed

ROSTER_DIR = Path(env.str("ROSTER_DIR", default=str(DATA_DIR / "rosters")))  # picked up from

# Language and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("es", "español"), ("de", "Deutsch"), ("ar", "العربيّة")]
LOCALE_PATHS = [BASE_DIR / "survey" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# Static files: third-party assets come from their installed wheels
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "survey.dashboards.staticfiles.PackageAssetFinder",
]
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST

# Security
HTTPS = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_TRUSTED_ORIGINS = [BASE_URL]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=600)  # of one token
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["survey.api.authentication.ApiTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["survey.api.throttling.TokenThrottle"],
    "EXCEPTION_HANDLER": "survey.api.errors.handle_exception",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nobody what there is
}

# Logs: nothing of a respondent. Requests on the survey path are not logged by gunicorn either.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "without_tokens": {"()": "config.logs.WithoutTokens"},
        "without_traces": {"()": "config.logs.WithoutTracesOfRefusals"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_tokens", "without_traces"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
