"""Addresses of the way in and of the leaders' pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from survey.dashboards import views
from survey.dashboards.linkage.views import linkage
from survey.dashboards.see_as.views import see_as

dashboards = [
    path("linkage/", linkage, name="linkage"),
    path("see-as/", see_as, name="see-as"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("dashboards/", include((dashboards, "dashboards"))),
]
