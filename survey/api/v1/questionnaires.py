"""/api/v1/questionnaires/: which there are, what one asks, and answering it dry."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.api.parsers import SmallJSONParser
from survey.api.permissions import AsksSomebody
from survey.questionnaires.answers import AnswerError
from survey.questionnaires.arranging import arrange
from survey.questionnaires.askers import audiences_asked_by
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.documents import document_to_json
from survey.questionnaires.evaluating import Evaluation, evaluate
from survey.questionnaires.exporting import export_document
from survey.questionnaires.languages import LONGEST_TAG, choose_language, speak
from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.pages import build_page
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.selectors import get_content, list_published

LONGEST_FACT = 200
MOST_SEEDS = 2**48


class QuestionnaireSerializer(serializers.ModelSerializer[Questionnaire]):
    """A questionnaire in a list."""

    class Meta:
        model = Questionnaire
        fields = ["code", "version", "name", "audience", "languages"]


class FactsSerializer(serializers.Serializer[Any]):
    """What wording may repeat of an occasion."""

    date = serializers.DateField(required=False)
    channel = serializers.CharField(required=False, max_length=LONGEST_FACT)
    team = serializers.CharField(required=False, max_length=LONGEST_FACT)
    served_by = serializers.CharField(required=False, max_length=LONGEST_FACT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """Return all facts as text, a day as year-month-day."""
        return {name: str(fact) for name, fact in attrs.items()}


class TrialSerializer(serializers.Serializer[Any]):
    """What somebody answers, where, and in which language; a seed draws and shuffles."""

    answers = serializers.DictField(default=dict)
    attributes = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_FACT, allow_blank=True), default=dict
    )
    facts = FactsSerializer(default=dict)
    language = serializers.CharField(default="", allow_blank=True, max_length=LONGEST_TAG)
    seed = serializers.IntegerField(
        default=None, allow_null=True, min_value=0, max_value=MOST_SEEDS
    )


class QuestionnairesView(APIView):
    """Lists what can be asked."""

    permission_classes = [IsAuthenticated, AsksSomebody]

    def get(self, request: Request) -> Response:
        """Return the published questionnaires that the token's user may ask."""
        audiences = audiences_asked_by(user=request.user)
        found = [one for audience in audiences for one in list_published(audience=audience)]
        return Response({"questionnaires": QuestionnaireSerializer(found, many=True).data})


class QuestionnaireView(APIView):
    """Shows one questionnaire as the file that can be imported again."""

    permission_classes = [IsAuthenticated, AsksSomebody]

    def get(self, request: Request, code: str, version: int) -> Response:
        """Return its document, as docs/questionnaire.schema.json describes it."""
        questionnaire = find_questionnaire(request, code, version)
        return Response(document_to_json(export_document(questionnaire_id=questionnaire.pk)))


class EvaluationView(APIView):
    """Answers one questionnaire dry; nothing is stored."""

    parser_classes = [SmallJSONParser]
    permission_classes = [IsAuthenticated, AsksSomebody]

    def post(self, request: Request, code: str, version: int) -> Response:
        """Return what would be asked, has to be answered, is wrong and would be stored."""
        questionnaire = find_questionnaire(request, code, version)
        return Response(try_answers(get_content(questionnaire_id=questionnaire.pk), request.data))


def find_questionnaire(request: Request, code: str, version: int) -> Questionnaire:
    """Return a questionnaire that is no draft; one for an audience not asked is not there."""
    asked = Questionnaire.objects.exclude(status=QuestionnaireStatus.DRAFT).filter(
        audience__in=audiences_asked_by(user=request.user)
    )
    return get_object_or_404(asked, code=code, version=version)


def try_answers(content: QuestionnaireContent, body: object) -> dict[str, Any]:
    """Return what becomes of a request's body, or refuse the body."""
    trial = TrialSerializer(data=body)
    trial.is_valid(raise_exception=True)
    told = trial.validated_data
    if told["seed"] is not None:
        content = arrange(content, told["seed"])
    occasion = Circumstances(
        language=choose_language(told["language"], content.languages),
        attributes=told["attributes"],
        facts=told["facts"],
    )
    with speak(occasion.language):
        found = evaluate(
            content, told["answers"], circumstances=occasion, language=occasion.language
        )
    return _describe(content, found, occasion)


def _describe(
    content: QuestionnaireContent, found: Evaluation, occasion: Circumstances
) -> dict[str, Any]:
    stored = {
        "answers": found.stored_answers,
        "texts": found.stored_texts,
        "leaves": found.stored_leaves,
    }
    return {
        "language": occasion.language,
        "shown": found.shown,
        "required": found.required,
        "wording": _word(content, found, occasion),
        "stored": None if found.errors else stored,
        "errors": [_as_error(error) for error in found.errors],
    }


def _word(
    content: QuestionnaireContent, found: Evaluation, occasion: Circumstances
) -> dict[str, str]:
    """Return how each question that is asked reads, with what it repeats filled in."""
    taken = {**found.stored_answers, **found.stored_texts}
    page = build_page(content, occasion.language, values=taken, circumstances=occasion)
    return {question.name: question.text for question in page.questions}


def _as_error(error: AnswerError) -> dict[str, Any]:
    return {"row": None, "field": error.item, "code": error.code, "message": error.message}
