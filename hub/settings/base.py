"""Settings that every way of running the hub shares.

What an operator may want to change comes from the environment (or from a file ``.env`` beside manage.py): see
``.env.example`` for the whole list.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.module_loading import import_string
from django.utils.translation import get_language_info

from hub import rooms
from hub.settings.accounts import *  # noqa: F403 (second factor, single sign-on)
from hub.settings.environment import BASE_DIR, VAR_DIR, env
from hub.settings.security import EDITOR_POLICY, READER_POLICY

IN_PRODUCTION = False  # whether people use this hub

# -- the body that runs this hub ---------------------------------------------------------------------------------------
HUB_NAME = env("HUB_NAME", default="Folkmoot")
HUB_IS_NAMED = "BODY_NAME" in env.ENVIRON  # otherwise it is the demo council's
BODY_NAME = env("BODY_NAME", default="Withermere Council")
WAGTAIL_SITE_NAME = lazy(lambda: import_string("core.branding.branding")().name, str)()
WAGTAILREDIRECTS_AUTO_CREATE = False  # core.redirects does, for what was ever live
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
LANGUAGE_CODE = env("LANGUAGE_CODE", default="en-gb")
LANGUAGES = [(code, get_language_info(code)["name_local"]) for code in env.list("LANGUAGES", default=[LANGUAGE_CODE])]
TIME_ZONE = env("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# -- the house ---------------------------------------------------------------------------------------------------------
ROOMS: list[str] = rooms.ROOMS
FRONT_PAGE = "home.HomePage"  # what stands beneath it is of rooms below, which name it by this setting
INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "people.editor.apps.UsersConfig",  # wagtail.users, with forms and a list of our own
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.WithoutZeroBytes",
    "core.middleware.editor_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.middleware.SeenSessions",
    "accounts.second_factor.middleware.SecondFactor",
    "accounts.sign_on.middleware.FreshSignOn",
    "core.kept_forms.KeptForms",
    "core.middleware.LimitedUploads",
    "core.middleware.VisibleRedirects",
    "core.editing.gate.EditorGate",
    "communities.middleware.RightsThatEnded",
    "conversations.middleware.MergedMeanwhile",
    "core.middleware.private_by_default",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context_processors.page_frame",
            ],
            "builtins": [
                "design.templatetags.kept",
                "design.templatetags.look",
                "design.templatetags.art",
                "design.templatetags.prose",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- where things are kept ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hub.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "core.databases.sqlite3"  # with a queue for those who write
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # two writers wait for each other instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
# A connection serves a minute's requests. To open one and ask took 1.6 ms on SQLite and 11 on PostgreSQL; to ask, .06.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
CACHES["limits"] = {**CACHES["default"]}
CACHES["pieces"] = {**CACHES["default"]}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # Each process has a cache of its own: sessions stay out of it, or one process would believe in a session that
    # another has ended.
    CACHES["default"].setdefault("OPTIONS", {"MAX_ENTRIES": 2000})
    CACHES["limits"] |= {"LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 50_000}}  # pages push out no count
    CACHES["pieces"] |= {"LOCATION": "pieces", "OPTIONS": {"MAX_ENTRIES": 5000}}  # some 15 MB of posts
    SESSION_ENGINE = "django.contrib.sessions.backends.db"
else:
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()

# -- what somebody read ------------------------------------------------------------------------------------------------
READING_HISTORY = env("READING_HISTORY", default="on")
"""Whether it is kept, for the reader alone, what they read: "on" until they switch it off, "off" until they switch it
on, or "never"."""

# -- what manage.py doctor looks for -----------------------------------------------------------------------------------
BACKUPS = env("BACKUPS", default="")  # their folder, as this machine sees it
BACKUPS_EVERY_HOURS = env.int("BACKUPS_EVERY_HOURS", default=24)
DOCTOR_FREE_GB = env.float("DOCTOR_FREE_GB", default=1.0)  # room on each disk that the hub writes to

# -- search, and what works in the background --------------------------------------------------------------------------
SEARCH = {
    "URL": env("SEARCH_URL", default=f"sqlite:///{VAR_DIR / 'search'}"),
    "THREADS": env.int("SEARCH_THREADS", default=0),  # 0: as many as there are cores
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# -- on a phone --------------------------------------------------------------------------------------------------------
SERVICE_WORKER = env.bool("SERVICE_WORKER", default=True)
"""False serves a worker that empties and removes those that browsers have."""

# -- people and sign-in ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.backends.WithEditors",
    "people.backends.ByProvedAddress",
    "communities.backends.RightsInCommunities",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "people.passwords.NotCommonAtHeart"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link for a new password is good for
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "people.adapters.InvitedPeopleOnly"
ACCOUNT_FORMS = {
    "login": "people.account_forms.SignInForm",
    "add_email": "people.account_forms.NewAddressForm",
    "reset_password": "people.account_forms.ForgottenPasswordForm",
    "reset_password_from_key": "people.account_forms.PasswordByMailForm",
    "change_password": "people.account_forms.NewPasswordForm",
    "reauthenticate": "people.account_forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made for an address that is known; another one is proved by mail
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

STAFF_DOMAINS = env.list("STAFF_DOMAINS", default=[])
"""Mail domains of the organisation, such as ``withermere.gov.uk``. Whoever works here can invite colleagues who have an
address there; of everybody else the hub team says whether they work here."""

# -- how often ---------------------------------------------------------------------------------------------------------
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
DEVICE_COOKIE_NAME = "device"
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",  # a whole office signs in from one address; wrong passwords are counted below
    "login_failed": None,
    "reset_password": "100/m/ip,5/15m/key",
    "reset_password_from_key": "200/m/ip",
}
LIMITS = {
    # wrong passwords: on a device that the person has used; from one network for one account; from all unknown devices
    # for one account; from one network for all accounts
    "sign_in_device": "10/15m",
    "sign_in_here": "5/15m",
    "sign_in_account": "100/h",
    "sign_in_network": "200/15m",
    "second_factor": "10/15m",  # wrong codes of one person, who has given the password
    # for each person; ten times as many for each network where nobody is signed in
    "invitations": "200/h",  # addresses
    "invited_addresses": "3/d",  # e-mails that invite one address, by whomever
    "uploads": "300/h",
    "photographs": "20/h",
    "searches": "120/m",
    "suggestions": "300/m",
    "thanks": "30/h",
    "posts": "60/10m",  # in conversations, of one person
    "posts_at_first": "20/10m",  # of people from outside, and in somebody's first week
    "claims": "10/h",
    "reports": "20/h",
    "report_addresses": "3/d",  # e-mails that ask one address whether it is its reporter's
    "test_mails": "20/h",
    "directories": "1500/m",  # requests of one directory; Entra asks for 25 a second
    "directory_tokens": "60/15m",  # wrong tokens, for each network
    "kept_forms": "300/h",  # for each network
    "mails_in": "60/h",  # answers by e-mail to the addresses of one person
    "papers": "30/h",  # PDF files, which take a second each
}

# -- e-mail ------------------------------------------------------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_CARRIER = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "core.mail.MarkedByMachine"  # what Wagtail and Django write passes here, too
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds; a mail server that hangs keeps nobody else waiting
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Folkmoot <hub@withermere.example>")
HUB_CONTACT = env("HUB_CONTACT", default="")  # "Name <address>" of whoever helps with accounts; empty: the sender
SERVER_EMAIL = DEFAULT_FROM_EMAIL
REPLY_ADDRESS = env("REPLY_ADDRESS", default="")
"""Where people answer in conversations from their mail program, such as ``reply@hub.withermere.gov.uk``; empty:
nowhere. The mail server hands what comes there, and there with ``+`` and anything, to ``manage.py receive_mail``."""
MAIL_AUTHSERV_ID = env("MAIL_AUTHSERV_ID", default="")
"""The name under which that server writes ``Authentication-Results``. Without it no sender is proved, and whatever
comes waits for a press of its author."""

# -- Wagtail -----------------------------------------------------------------------------------------------------------
WAGTAIL_FINISH_WORKFLOW_ACTION = "communities.approval.finish.publish_what_was_approved"
WAGTAILIMAGES_IMAGE_MODEL = "core.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.HubDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]  # no SVG; a HEIC is kept as a JPEG
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.pictures.forms.PictureForm"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request leaves the premises
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords are looked after in one place, the hub's sign-in
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
TAGGIT_TAGS_FROM_STRING = "core.topics.from_text"
TAGGIT_STRING_FROM_TAGS = "core.topics.to_text"

# -- safety ------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = READER_POLICY
CONTENT_SECURITY_POLICY_FOR_EDITORS = EDITOR_POLICY
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "hub.views.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the editor shows previews in a frame of its own, so SAMEORIGIN it is

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.logs.WithoutSecrets",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # What each of these does a thousand times in an hour is news to nobody.
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "modelsearch", "elastic_transport")},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},  # runserver's own, likewise
    },
}
