"""Addresses of console."""

from django.urls import include, path

from survey.console import changing, starting, steering, views
from survey.console.home.views import home
from survey.console.pulse import message, sending
from survey.console.pulse import starting as pulse_starting
from survey.console.pulse import views as pulse
from survey.console.wave import changing as wave_changing

app_name = "console"
urlpatterns = [
    path("", home, name="home"),
    path("teams/", views.teams, name="teams"),
    path("people/", include("survey.console.people.urls")),
    path("collectors/", include("survey.console.collectors.urls")),
    path("calls/", include("survey.console.calls.urls")),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/new/", starting.new_campaign, name="new_campaign"),
    path("campaigns/<slug:code>/", views.campaign, name="campaign"),
    path("campaigns/<slug:code>/letter/", changing.campaign_letter, name="campaign_letter"),
    path("campaigns/<slug:code>/rounds/stop/", changing.stop_rounds, name="stop_rounds"),
    path("campaigns/<slug:code>/waves/new/", starting.new_wave, name="new_wave"),
    path("pairings/new/", starting.new_pairing, name="new_pairing"),
    path("pulse/new/", pulse_starting.new_pulse, name="new_pulse"),
    path("customers/new/", pulse_starting.new_customer_survey, name="new_customer_survey"),
    path("customers/", include("survey.console.customers.urls")),
    path("services/", include("survey.console.services.urls")),
    path("brand/", include("survey.console.brand.urls")),
    path("fatigue/", include("survey.console.fatigue.urls")),
    path("questionnaires/", include("survey.console.questionnaires.urls")),
    path("waves/", views.waves, name="waves"),
    path("waves/<int:wave_id>/", views.wave, name="wave"),
    path("waves/<int:wave_id>/questions/", pulse.questions, name="questions"),
    path("waves/<int:wave_id>/people/", pulse.people, name="people"),
    path("waves/<int:wave_id>/people/count/", pulse.people_count, name="people_count"),
    path("waves/<int:wave_id>/message/", message.message, name="message"),
    path("waves/<int:wave_id>/message/letter/", message.preview, name="letter_preview"),
    path("waves/<int:wave_id>/message/test/", message.test_letter, name="test_letter"),
    path("waves/<int:wave_id>/timing/", pulse.timing, name="timing"),
    path("waves/<int:wave_id>/check/", sending.check, name="check"),
    path("waves/<int:wave_id>/discard/", changing.discard, name="discard"),
    path("waves/<int:wave_id>/undo/", wave_changing.undo, name="undo"),
    path("waves/<int:wave_id>/extend/", wave_changing.extend, name="extend"),
    path(
        "waves/<int:wave_id>/reminders/stop/", wave_changing.stop_reminding, name="stop_reminders"
    ),
    path("waves/<int:wave_id>/launch/", steering.launch, name="launch"),
    path("waves/<int:wave_id>/close/", steering.close, name="close"),
    path("waves/<int:wave_id>/withdraw/", steering.withdraw, name="withdraw"),
]
