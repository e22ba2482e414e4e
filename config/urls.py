"""Every address of the product, one line per front end."""

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

urlpatterns = [
    path("language/", require_POST(set_language), name="set_language"),
    path("", include("survey.dashboards.urls")),
    path("", include("survey.answering.urls")),
    path("console/", include("survey.console.urls")),
    path("api/v1/", include("survey.api.urls")),
]
