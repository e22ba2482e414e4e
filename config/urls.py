"""Every address of the product, one line per front end."""

from django.urls import include, path

urlpatterns = [
    path("", include("survey.dashboards.urls")),
    path("", include("survey.answering.urls")),
    path("console/", include("survey.console.urls")),
    path("api/v1/", include("survey.api.urls")),
]
