"""Addresses of the questionnaires' part of the console."""

from django.urls import include, path

from survey.console.questionnaires import (
    bank,
    builder,
    changing,
    items,
    preview,
    sections,
    sharing,
    trying,
    views,
)

app_name = "questionnaires"
one = [
    path("", builder.builder, name="builder"),
    path("rearrange/", builder.rearrange, name="rearrange"),
    path("preview/", preview.preview, name="preview"),
    path("try/", trying.try_it, name="try"),
    path("bank/", bank.add_from_bank, name="add"),
    path("questions/new/", items.write, name="write"),
    path("questions/<slug:code>/change/", items.change, name="item"),
    path("sections/new/", sections.new_section, name="new_section"),
    path("sections/<slug:code>/change/", sections.section, name="section"),
    path("settings/", changing.settings, name="settings"),
    path("publish/", changing.publish, name="publish"),
    path("retire/", changing.retire, name="retire"),
    path("reinstate/", changing.reinstate, name="reinstate"),
    path("next/", changing.next_draft, name="next"),
    path("copy/", changing.copy, name="copy"),
    path("discard/", changing.discard, name="discard"),
    path("file/", sharing.share, name="file"),
    path("differences/", sharing.differences, name="differences"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("bank/", bank.item_bank, name="bank"),
    path("<int:questionnaire_id>/", include(one)),
]
