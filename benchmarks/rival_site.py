"""A site of django-survey-and-report with a survey of ten questions, on its own packages.

Usage: rival_site.py fill | gunicorn rival_site:application. The database is that of DATABASE_URL.
"""

import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

N_ITEMS = 10
OPTIONS = "Never, Seldom, Sometimes, Often, Always"

if not settings.configured:
    url = urlsplit(os.environ["DATABASE_URL"])
    engine = "sqlite3" if url.scheme == "sqlite" else "postgresql"
    settings.configure(
        SECRET_KEY="for a benchmark",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "survey",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": f"django.db.backends.{engine}",
                "NAME": url.path if engine == "sqlite3" else url.path.lstrip("/"),
                "USER": url.username or "",
                "PASSWORD": url.password or "",
                "HOST": url.hostname or "",
                "PORT": url.port or "",
                "CONN_MAX_AGE": 600,
            }
        },
    )
    django.setup()

urlpatterns = [path("", include("survey.urls"))]
application = get_wsgi_application()


def fill() -> None:
    """Make the survey; print the path of its page."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from survey.models import Question, Survey  # type: ignore[attr-defined]  # noqa: PLC0415

    survey = Survey.objects.create(
        name="Ten", description="Ten questions", need_logged_user=False, is_published=True
    )
    for number in range(N_ITEMS):
        Question.objects.create(
            survey=survey,
            text=f"How often is thing {number} as it should be?",
            order=number,
            required=False,
            type=Question.RADIO,
            choices=OPTIONS,
        )
    print(f"/{survey.pk}/")  # noqa: T201


if __name__ == "__main__" and sys.argv[1:] == ["fill"]:
    fill()
