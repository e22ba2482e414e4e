"""Questions of LimeSurvey as items: what every type shares."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.coding import Codes, free_number, number_answers
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.drafts import DraftItem, Rule
from survey.questionnaires.importers.limesurvey_source import Answer, ByLanguage, Question
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.stock import stock_texts
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import Wording
from survey.questionnaires.models import ItemKind

PLAIN_NUMBER = re.compile(r"\s*-?[0-9]{1,12}([.,][0-9]{1,6})?\s*")
SHUFFLES = ("random_order", "answer_order", "subquestion_order")


class Places:
    """What the items of one file share: languages, codes, names and the report."""

    def __init__(
        self, sid: str, languages: Mapping[str, str], report: Report, wording: Wording
    ) -> None:
        self.sid = sid
        self.languages = languages  # tags by how the file names them, the survey's own first
        self.tags = tuple(dict.fromkeys(languages.values()))
        self.report = report
        self.wording = wording
        self.codes = Codes(report)
        self.names: dict[str, Target] = {}
        self.offers_no_answer = False

    def tagged(self, texts: ByLanguage) -> dict[str, str]:
        """Return texts by tag; those in no language are in the survey's own."""
        known = {"": self.tags[0], **self.languages}
        return {known[language]: text for language, text in texts.items() if language in known}


class Asked:
    """One question of the file while its items are made."""

    def __init__(self, question: Question, places: Places, rules: tuple[Rule, ...]) -> None:
        self.question = question
        self.places = places
        self.where = _("question “%(code)s”") % {"code": question.code or question.qid}
        self.rules = rules
        self.is_required = question.row.get("mandatory") in ("Y", "S")
        self.used: set[str] = set()
        self.items: list[DraftItem] = []
        self._read_wording()

    def _read_wording(self) -> None:
        read = self.places.wording.read
        self.texts = read(self.places.tagged(self.question.texts), self.where)
        self.hints = read(self.places.tagged(self.question.helps), self.where)

    def lose(self, what: str, reason: str) -> None:
        """Note what of this question is left out."""
        self.places.report.add(self.where, what, reason)

    def attribute(self, name: str) -> str:
        """Return an attribute, which then counts as looked at."""
        self.used.add(name)
        return self.question.attribute(name).strip()

    def number(self, name: str) -> float | int | None:
        """Return an attribute that is a number; tell where it is a formula."""
        said = self.attribute(name)
        if not said:
            return None
        if not PLAIN_NUMBER.fullmatch(said):
            self.lose(f"{name} = {said}", _("only a plain number can be a bound here"))
            return None
        number = float(said.replace(",", "."))
        return int(number) if number == int(number) else number

    def say(self, texts: ByLanguage, stand_in: str) -> dict[str, str]:
        """Return the words of a part of the question."""
        words = self.places.tagged(texts)
        return self.places.wording.read_or(words, stand_in, self.places.tags[0], self.where)

    def beside(self, parts: Mapping[str, str]) -> dict[str, str]:
        """Return the question's own words with those of one row of it behind them."""
        own = self.texts
        return {tag: f"{own[tag]} – {text}" if tag in own else text for tag, text in parts.items()}

    def add(
        self,
        suffix: str = "",
        *,
        kind: str,
        texts: Mapping[str, str] | None = None,
        options: tuple[DocumentOption, ...] = (),
        values: Mapping[str, int] | None = None,
        settings: Mapping[str, Any] | None = None,
        rules: tuple[Rule, ...] = (),
        is_required: bool | None = None,
    ) -> DocumentItem:
        """Make an item of this question; suffix is what its name ends with in conditions."""
        source = self.question.code or f"q{self.question.qid}"
        code = self.places.codes.take(f"{source}{suffix}", f"q_{self.question.qid}", self.where)
        has_answer = kind != ItemKind.NOTE
        required = self.is_required if is_required is None else is_required
        item = DocumentItem(
            code=code,
            texts=dict(texts if texts is not None else self._own_texts(source)),
            kind=str(kind),
            hints=self.hints,
            options=options,
            settings=dict(settings or {}),
            allows_cant_say=has_answer and self.places.offers_no_answer and not required,
            is_required=has_answer and required,
        )
        self.items.append(DraftItem(item, self.where, (*self.rules, *rules)))
        self.name(suffix, Target(item, values or {}))
        return item

    def name(self, suffix: str, target: Target) -> None:
        """Let conditions find a target by the question's code and by its number."""
        question = self.question
        number = f"{self.places.sid}X{question.gid}X{question.qid}{suffix.removeprefix('_')}"
        self.places.names.setdefault(f"{question.code}{suffix}", target)
        self.places.names.setdefault(number, target)

    def options(
        self, answers: Sequence[Answer]
    ) -> tuple[tuple[DocumentOption, ...], dict[str, int]]:
        """Return answers as options, and their numbers by code."""
        numbers = number_answers([answer.code for answer in answers])
        if len({answer.code for answer in answers}) < len(answers):
            self.lose(
                _("the codes of the answers"), _("stand more than once; they are numbered anew")
            )
        options = tuple(
            DocumentOption(number, self.say(answer.texts, answer.code))
            for number, answer in zip(numbers, answers, strict=True)
        )
        return options, {one.code: number for number, one in zip(numbers, answers, strict=True)}

    def with_other(self, options: tuple[DocumentOption, ...]) -> tuple[DocumentOption, ...]:
        """Return options with the one for own words, where the question offers it."""
        told = self.question.attributes.get("other_replace_text", {})
        self.used.add("other_replace_text")
        if self.question.row.get("other") != "Y":
            return options
        own = self.places.wording.read(self.places.tagged(told), self.where)
        texts = stock_texts("other", self.places.tags) | own
        value = free_number(option.value for option in options)
        return (*options, DocumentOption(value, texts, is_other=True))

    def shuffle(self) -> dict[str, Any]:
        """Return the setting for answers in random order, where the question wants it."""
        said = [self.attribute(name) for name in SHUFFLES]
        return {"shuffles_options": True} if {"1", "random"} & set(said) else {}

    def exclude(
        self, options: tuple[DocumentOption, ...], codes: Mapping[str, int]
    ) -> tuple[DocumentOption, ...]:
        """Return options with those marked that cannot go with others."""
        alone = {
            codes.get(code.strip()) for code in self.attribute("exclude_all_others").split(";")
        }
        return tuple(
            replace(option, is_exclusive=True) if option.value in alone else option
            for option in options
        )

    def _own_texts(self, source: str) -> dict[str, str]:
        if self.texts:
            return self.texts
        return self.places.wording.read_or({}, source, self.places.tags[0], self.where)
