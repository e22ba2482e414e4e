"""Addresses of the questionnaires' part of the console."""

from django.urls import include, path

from survey.console.questionnaires import (
    bank,
    builder,
    changing,
    importing,
    items,
    preview,
    sections,
    sharing,
    translating,
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
    path("report/", importing.report, name="report"),
    path("report/file/", importing.report_file, name="report_file"),
    path("languages/", translating.languages, name="languages"),
    path("languages/add/", translating.add, name="add_language"),
    path("languages/remove/", translating.remove, name="remove_language"),
    path("languages/table/", translating.table, name="table"),
    path("languages/<str:tag>/catalogue/", translating.catalogue, name="catalogue"),
    path("languages/translate/", translating.translate, name="translate"),
    path("languages/take/", translating.take, name="take"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("bring/", importing.bring, name="bring"),
    path("bank/", bank.item_bank, name="bank"),
    path("<int:questionnaire_id>/", include(one)),
]
