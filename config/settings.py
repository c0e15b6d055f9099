"""Settings of every process: site, worker, beat, command. What differs between houses comes from the environment."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, published, timetable

ROOT = Path(__file__).resolve().parent.parent
MODE = env.mode()
PRODUCTION = MODE == "production"
TEST = MODE == "test"

DEBUG = env.flag("DEBUG", unless=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on. Production refuses to start with it: unset DEBUG.")

SECRET_KEY = env.secret_key(MODE)
SITE_URL = env.address("SITE_URL", "https", "http", unless=None if PRODUCTION else "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", unless=[] if PRODUCTION else ["*"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty. Name the hosts this site answers for, separated by commas.")

INSTALLED_APPS = [
    "foundation.ui",  # first, so that its templates are found before those of libraries
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "django_cotton.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "foundation.outbox",
    "foundation.people",
    "foundation.house",
    "foundation.files",
    "foundation.api",
    "foundation.paper",
    "foundation.mail",
    "foundation.office",
    "packing",
    "production.shapes",
    "production.routes",
    "production.designs",
    "production.metal",
    "production.pictures",
    "production.stones",
    "production.tickets",
    "production.casting",
    "production.quality",
    "production.planning",
    "production.board",
    "store.catalogue",
    "store.buyers",
    "store.payments",
    "store.pricing",
    "store.orders",
    "store.baskets",
    "store.shop",
    "store.checkout",
    "store.trade",
    "store.aftercare",
    "store.quotes",
    "store.returns",
    "store.counter",
    "demo",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.people.middleware.SecondFactorMiddleware",
    "config.zones.ZoneMiddleware",
    "foundation.api.nul.NulMiddleware",
    "foundation.api.plain.PlainMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# Explicit loaders: cotton compiles <c-…> tags as templates are loaded, the cached loader keeps the result.
_LOADERS = [
    "foundation.ui.loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.chrome.chrome",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, never the page's context
FORM_RENDERER = "foundation.ui.controls.Renderer"

DATABASES = {"default": env.database(unless=None if PRODUCTION else "postgresql://postgres@localhost/ajour")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.number("DATABASE_CONN_MAX_AGE", unless=60)
DATABASE_KEEPS_PLANS = env.flag("DATABASE_KEEPS_PLANS", unless=True)
# Tests build their database from the same collation as the house's own.
DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}

SHAPES_ASK_WORKERS = env.flag("SHAPES_ASK_WORKERS", unless=False)  # the site says so itself, and prefork workers do
SHAPES_PROCESSES = env.number("SHAPES_PROCESSES", unless=1)
REDIS_URL = env.address("REDIS_URL", "redis", "rediss", unless=None if PRODUCTION else "redis://localhost:6379/0")
if TEST and (worker := env.text("PYTEST_XDIST_WORKER")):
    # Each process of the suite has a database of its own: one that empties its cache must not empty another's.
    REDIS_URL = f"{REDIS_URL.rpartition('/')[0]}/{int(worker.removeprefix('gw')) + 1}"
CACHES = {"default": {"BACKEND": "foundation.valkey.Valkey", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_timeout": 10, "socket_connect_timeout": 3}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_PUBLISH_RETRY = False  # a hint that can't be sent is dropped at once; the sweep is the guarantee
CELERY_BEAT_SCHEDULE = timetable.ENTRIES

STRIPE_SECRET_KEY = env.stripe_secret("STRIPE_SECRET_KEY", MODE, standin="sk_test_standin")
STRIPE_WEBHOOK_SECRET = env.stripe_secret("STRIPE_WEBHOOK_SECRET", MODE, standin="whsec_standin")
STRIPE_API_BASE = env.stripe_base(MODE, STRIPE_SECRET_KEY)
# Where the hosted payment page lives: the browser is sent there by a form's redirect, so the policy must allow it.
STRIPE_CHECKOUT_ORIGIN = STRIPE_API_BASE or "https://checkout.stripe.com"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["foundation.people.backends.WithRoles"]
PASSWORD_HASHERS = ["foundation.people.hashers.Argon2id"]
if TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_RATE_LIMITS = {"lost_link": "20/h/ip", "withdraw": "20/h/ip"}  # beside allauth's own
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_ADAPTER = "foundation.people.adapter.AccountAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:landing"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ajour"
STAFF_NEED_SECOND_FACTOR = env.flag("STAFF_NEED_SECOND_FACTOR", unless=PRODUCTION)
if PRODUCTION and not STAFF_NEED_SECOND_FACTOR:
    raise ImproperlyConfigured("STAFF_NEED_SECOND_FACTOR is off. Production asks staff for a second factor.")

METRICS_TOKEN = env.text("METRICS_TOKEN")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("th", _("Thai"))]
LOCALE_PATHS = [ROOT / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
SHOP_TIME_ZONE = env.zone("SHOP_TIME_ZONE", unless="Europe/London")
WORKSHOP_TIME_ZONE = env.zone("WORKSHOP_TIME_ZONE", unless="Asia/Bangkok")

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", unless=ROOT / ".dev" / "static")
MEDIA_ROOT = env.folder("MEDIA_ROOT", unless=ROOT / ".dev" / "media")
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION or MODE == "demo"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (PRODUCTION or MODE == "demo")
WHITENOISE_AUTOREFRESH = TEST  # looked for when asked: every client of the suite would read all files first
WHITENOISE_MAX_AGE = 31536000 if PRODUCTION else 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_BACKEND = env.text("EMAIL_BACKEND", unless="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", unless="localhost")
EMAIL_PORT = env.number("EMAIL_PORT", unless=25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", unless=False)
EMAIL_TIMEOUT = 10
if not PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # letters are kept and shown to staff
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", unless="Ajour <bench@ajour.example>")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", unless=False) else None
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 63072000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, STRIPE_CHECKOUT_ORIGIN],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "foundation.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["foundation.api.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["foundation.api.parsers.Json", "foundation.api.parsers.Form"],
    "DEFAULT_PAGINATION_CLASS": "foundation.api.pages.Pages",
    "PAGE_SIZE": 24,
    "EXCEPTION_HANDLER": "foundation.api.problems.handle",
    "DEFAULT_SCHEMA_CLASS": "foundation.api.schema.HouseSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = published.SCHEMA

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", unless="INFO" if PRODUCTION else "WARNING")},
}
