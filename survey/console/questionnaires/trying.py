"""Try a questionnaire out: as another team, in another language, and see what would be stored."""

from collections.abc import Iterator
from urllib.parse import urlencode

from csp.decorators import csp_update
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from survey.console.forms import set_choices
from survey.console.questionnaires.access import on_questionnaire
from survey.console.questionnaires.builder import WITH_PREVIEW
from survey.console.questionnaires.preview import ATTRIBUTE
from survey.organization.models import Attribute
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.routing import list_leaves
from survey.questionnaires.selectors import get_content


class OccasionForm(forms.Form):
    """In which language, and as which team, a questionnaire is tried out."""

    lang = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, content: QuestionnaireContent, data: dict[str, str]) -> None:
        super().__init__(data)
        languages = map(describe_language, content.languages)
        set_choices(self, "lang", [(one.code, one.name) for one in languages])
        codes = list(dict.fromkeys(list_attributes(content)))
        names = dict(Attribute.objects.filter(code__in=codes).values_list("code", "name"))
        for code in codes:
            self.fields[ATTRIBUTE + code] = forms.CharField(
                label=names.get(code, code), required=False, max_length=200
            )


@csp_update(WITH_PREVIEW)
@on_questionnaire
@require_safe
def try_it(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the page at full length, on an occasion that can be chosen."""
    content = get_content(questionnaire_id=questionnaire.pk)
    form = OccasionForm(content, request.GET.dict())
    form.is_valid()
    query = urlencode({name: value for name, value in form.cleaned_data.items() if value})
    context = {"questionnaire": questionnaire, "form": form, "query": query}
    return render(request, "console/questionnaires/try.html", context)


def list_attributes(content: QuestionnaireContent) -> Iterator[str]:
    """Yield the team attributes that conditions look at."""
    of_sections = [section.shown_when for section in content.sections]
    for condition in [*of_sections, *(item.shown_when for item in content.items)]:
        for leaf in list_leaves(condition):
            if "attribute" in leaf:
                yield str(leaf["attribute"])
