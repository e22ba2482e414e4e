"""How often people are asked: look, and change the rules."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.campaigns.fatigue import DEFAULT_RULES
from survey.campaigns.ledger import read_rules
from survey.campaigns.services.fatigue_rules import reset_fatigue_rule, set_fatigue_rule
from survey.console.access import posted, refuse_unless_asking, staff_only, who_asks
from survey.console.fatigue.forms import RuleForm
from survey.console.fatigue.pages import WHO, audience_of, build_fatigue_page, say_rule
from survey.console.filling import show_form


@staff_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the rules, and in counts and dates who waits for their turn."""
    page = build_fatigue_page(user=who_asks(request), now=timezone.now())
    return render(request, "console/fatigue/overview.html", {"page": page})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: HttpRequest, audience: str) -> HttpResponse:
    """Change how often an audience may be asked, if one may ask it."""
    asked = _known(audience)
    refuse_unless_asking(request, asked)
    rule = read_rules()[asked]
    form = RuleForm(posted(request), initial=asdict(rule))
    if form.is_valid():
        set_fatigue_rule(audience=asked, rule=form.rule)
        said = _("Saved. It holds for every letter that is planned from now on.")
        messages.success(request, said)
        return redirect("console:fatigue:overview")
    context = {
        "form": form,
        "slug": audience,
        "who": WHO[asked],
        "sentence": say_rule(rule),
        "usual": say_rule(DEFAULT_RULES[asked]),
        "is_default": rule == DEFAULT_RULES[asked],
    }
    return show_form(request, "console/fatigue/rule.html", context)


@staff_only
@require_POST
def reset_rule(request: HttpRequest, audience: str) -> HttpResponse:
    """Go back to the rule that holds where nobody has set one."""
    asked = _known(audience)
    refuse_unless_asking(request, asked)
    reset_fatigue_rule(audience=asked)
    messages.success(request, _("The usual rule holds again."))
    return redirect("console:fatigue:overview")


def _known(slug: str) -> str:
    audience = audience_of(slug)
    if audience is None:
        raise Http404
    return audience
