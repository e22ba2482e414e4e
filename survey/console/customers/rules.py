"""The rules by which customers of a campaign are asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.campaigns.customer_rules import rules_of
from survey.campaigns.models import Campaign
from survey.campaigns.services.contacts import set_customer_rules
from survey.console.access import posted, staff_only
from survey.console.customers.forms import RulesForm, initial_rules
from survey.console.customers.pages import build_examples
from survey.console.customers.words import say_rules
from survey.console.filling import show_form
from survey.questionnaires.models import Audience


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Show and change when, how and how often customers are asked after a contact."""
    campaigns = Campaign.objects.filter(audience=Audience.CUSTOMER)
    campaign = get_object_or_404(campaigns.select_related("customer_rules"), code=code)
    rules = rules_of(campaign)
    form = RulesForm(posted(request), initial=initial_rules(campaign, rules))
    if form.is_valid():
        _save(form, campaign)
        said = _("Saved. Contacts are asked about by these rules from now on.")
        messages.success(request, said)
        return redirect("console:customers:rules", code)
    context = {
        "campaign": campaign,
        "form": form,
        "sentence": say_rules(rules),
        "examples": build_examples(campaign=campaign, now=timezone.localtime()),
    }
    return show_form(request, "console/customers/rules.html", context)


def _save(form: RulesForm, campaign: Campaign) -> None:
    begins, ends = form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"]
    set_customer_rules(
        campaign_id=campaign.pk,
        rules=form.rules,
        minimum_interval_days=form.cleaned_data["minimum_interval_days"],
        quiet_hours=(begins, ends) if begins and ends else None,
        told_facts=form.cleaned_data["told_facts"],
    )
