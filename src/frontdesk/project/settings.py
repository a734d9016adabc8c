"""Every setting of the program, read once from the environment; see docs/install.md."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from frontdesk.project.database import parse_database_url
from frontdesk.project.environment import (
    both_names,
    env_bool,
    env_int,
    env_list,
    env_secret,
    env_text,
)

SOURCE = Path(__file__).resolve().parent.parent
WEB = SOURCE / "channels" / "web"

# --- where we are ---------------------------------------------------------------------------
DATA_DIR = Path(env_text("DATA_DIR", "demo-data")).absolute()
PUBLIC_URL = env_text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
IS_HTTPS = PUBLIC_URL.startswith("https://")
IS_LOCAL = PUBLIC_HOST in {"localhost", "127.0.0.1", "::1"}
DEMO = env_bool("DEMO")
DEBUG = env_bool("DEBUG")
# Only `frontdesk bench` sets this: rate limits off, so that the program is measured, not they.
BENCHMARK = env_bool("BENCHMARK")
LIVE_URL = env_text("LIVE_URL", "/live/")

if not PUBLIC_HOST:
    raise ImproperlyConfigured(f"PUBLIC_URL={PUBLIC_URL!r} is not an address such as https://a.b")
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured("DEBUG shows secrets in error pages: not with a public PUBLIC_URL.")

SECRET_KEY = env_secret("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. `frontdesk up` and `frontdesk demo` make one; "
        "other processes need the same one in SECRET_KEY or SECRET_KEY_FILE."
    )

ALLOWED_HOSTS = [PUBLIC_HOST, *env_list("ALLOWED_HOSTS")]
if IS_LOCAL:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_HTTPS else []

# --- what it is made of -----------------------------------------------------------------------
INSTALLED_APPS = [
    "frontdesk.shared",
    "frontdesk.accounts",
    "frontdesk.billing",
    "frontdesk.support",
    "frontdesk.notifications",
    "frontdesk.delivery",
    "frontdesk.channels.web",
    "frontdesk.channels.telegram",
    "frontdesk.channels.api",
    "frontdesk.operations",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontdesk.channels.web.middleware.PolicyMiddleware",
    "frontdesk.channels.web.middleware.SecurityHeadersMiddleware",
    "frontdesk.channels.web.middleware.RequestIdMiddleware",
    "frontdesk.channels.web.middleware.TooFastMiddleware",
    "frontdesk.channels.web.middleware.SecondStepMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "frontdesk.channels.web.middleware.ReaderMiddleware",
]

ROOT_URLCONF = "frontdesk.project.urls"
WSGI_APPLICATION = "frontdesk.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "frontdesk.channels.web.folding.Templates",
        "DIRS": [
            WEB / "templates",
            WEB / "sign_in" / "templates",
            WEB / "account" / "templates",
            WEB / "client" / "templates",
            WEB / "desk" / "templates",
            WEB / "settings" / "templates",
            SOURCE / "operations" / "demo" / "telegram" / "templates",
            SOURCE / "channels" / "api" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "frontdesk.channels.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "frontdesk.channels.web.jinja.page_context",
            ],
        },
    },
    {
        # Only for what libraries bring (allauth's mails); our pages are Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- database, cache, jobs ----------------------------------------------------------------------
DATABASE_URL = env_secret("DATABASE_URL")
if not DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. `frontdesk up` and `frontdesk demo` bring their own PostgreSQL."
    )
DATABASES = {"default": parse_database_url(DATABASE_URL)}

CACHES = {
    "default": {
        # An unlogged table: rate limits must not multiply with the number of processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "frontdesk_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

PROCRASTINATE_IMPORT_PATHS = [
    "frontdesk.delivery.deliver",
    "frontdesk.channels.telegram.tasks",
    "frontdesk.channels.web.sign_in.mail",
    "frontdesk.operations.answer_rounds",
    "frontdesk.operations.billing_rounds",
    "frontdesk.operations.hygiene",
]

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["frontdesk.channels.web.sign_in.recognition.AuthenticationBackend"]
SESSION_ENGINE = "frontdesk.channels.web.sign_in.recognition"
PASSWORD_HASHERS = [
    "frontdesk.accounts.passwords.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "frontdesk.channels.web.sign_in.adapter.Adapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Sign-in counts its own tries, in channels/web/sign_in/limits.py; these are allauth's others.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "10/5m/key"}  # the latter: codes
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# Mails to addresses that nobody has here would make us a sender of junk.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# People come by invitation to their mailbox, so its address needs no other proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "frontdesk.channels.web.sign_in.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Frontdesk"
# A passkey needs a secure origin; browsers count localhost as one.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL

# --- browser ------------------------------------------------------------------------------------
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "frontdesk.channels.web.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# How many proxies in front of us add to X-Forwarded-For: 0 when clients connect directly.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 1 if IS_HTTPS else 0)

LIVE_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(LIVE_URL)) if "//" in LIVE_URL else ""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF, *both_names(LIVE_ORIGIN)],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- limits, before anything is parsed ------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- files ----------------------------------------------------------------------------------------
MEDIA_ROOT = DATA_DIR / "files"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [WEB / "static", SOURCE / "operations" / "demo" / "telegram" / "static"]
S3_BUCKET = env_text("S3_BUCKET")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": S3_BUCKET},
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A virus scanner that looks at each file before it is kept: tcp://host:3310 or unix:/path.
CLAMD_URL = env_text("CLAMD_URL")

# --- Telegram -------------------------------------------------------------------------------------
TELEGRAM_API_URL = env_text("TELEGRAM_API_URL", "https://api.telegram.org").rstrip("/")
# The installation's own bot; a provider's is set in its settings.
TELEGRAM_BOT_TOKEN = env_secret("TELEGRAM_BOT_TOKEN")
TELEGRAM_PROXY = env_secret("TELEGRAM_PROXY")
# Set by the demo for its own processes: where its stand-in for Telegram answers.
TELEGRAM_SANDBOX_URL = env_text("TELEGRAM_SANDBOX_URL").rstrip("/")

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- mail -----------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env_text("EMAIL_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = env_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", f"support@{PUBLIC_HOST}")

# --- logs -----------------------------------------------------------------------------------------
LOGGING_CONFIG = None  # frontdesk.project.logs configures structlog when a process starts.
# Who has it may read /metrics from anywhere; without one, this machine alone may.
METRICS_TOKEN = env_secret("METRICS_TOKEN")
