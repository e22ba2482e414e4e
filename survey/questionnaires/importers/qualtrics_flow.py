"""The flow of a Qualtrics survey: blocks in order, branches, ends, and what skips what."""

from collections.abc import Iterator
from typing import Any

from survey.questionnaires.importers.coding import Codes, make_code
from survey.questionnaires.importers.drafts import DraftSection, Rule
from survey.questionnaires.importers.plain_json import as_list, as_map, as_text
from survey.questionnaires.importers.qualtrics_items import Asked, Survey
from survey.questionnaires.importers.qualtrics_logic import (
    describe,
    logic_rules,
    negated,
    translate_expression,
)
from survey.questionnaires.importers.qualtrics_types import make_items
from survey.questionnaires.importers.reports import ImportRefusedError
from survey.questionnaires.importers.telling import tell as _

Map = dict[str, Any]
ASKING = ("Block", "Standard", "Default")
MOST_ENDS, MOST_BLOCKS = 50, 1_000
AROUND = ("Group", "Root", "BlockRandomizer", "Randomizer")


class Flow:
    """Walks through the flow and makes a section of each block it meets."""

    def __init__(self, survey: Survey, questions: list[Map], blocks: Any, flow: Any) -> None:
        self._survey = survey
        self._questions = {as_text(one.get("QuestionID")): one for one in questions}
        self._blocks = {as_text(as_map(one).get("ID")): as_map(one) for one in as_list(blocks)}
        if len(self._blocks) > MOST_BLOCKS:
            raise ImportRefusedError(_("the file"), _("has more than 1,000 blocks"))
        self._flow = as_list(as_map(flow).get("Flow"))
        self._codes = Codes(survey.report)
        self._sections: list[DraftSection] = []
        self._ended: list[Rule] = []  # who has not been sent away before
        self._is_over = False
        self._used: set[str] = set()
        self._placed: set[str] = set()
        self._shuffled: list[bool] = []

    @property
    def shuffles_items(self) -> bool:
        """Say whether every block puts its questions in random order."""
        return bool(self._shuffled) and all(self._shuffled)

    def read(self) -> list[DraftSection]:
        """Return the sections of the survey."""
        is_told = bool(self._flow)
        order = self._flow if is_told else [{"Type": "Block", "ID": one} for one in self._blocks]
        self._walk(order, ())
        for block_id, block in self._blocks.items():
            if block_id not in self._used:
                self._tell_unused(block)
        for qid, payload in self._questions.items():
            if qid not in self._placed:
                self._tell_question(payload, _("it stands in no block of the survey’s flow"))
        if any(self._shuffled) and not self.shuffles_items:
            reason = _("either all blocks have their questions in random order here, or none")
            self._lose(_("the survey"), _("random order of questions"), reason)
        return self._sections

    def _walk(self, elements: list[Any], rules: tuple[Rule, ...]) -> None:
        for element in map(as_map, elements):
            kind = as_text(element.get("Type"))
            where = _("the flow, “%(id)s”") % {"id": as_text(element.get("FlowID")) or kind}
            if kind in ASKING:
                self._take_block(as_text(element.get("ID")), rules, where)
            elif kind == "Branch":
                self._walk(as_list(element.get("Flow")), (*rules, *_branch(element)))
            elif kind in AROUND:
                self._tell_random(element, kind, where)
                self._walk(as_list(element.get("Flow")), rules)
            elif kind == "EndSurvey":
                self._end(rules)
                return
            else:
                self._tell_element(element, kind, where)

    def _end(self, rules: tuple[Rule, ...]) -> None:
        """Let nobody whom the branches around it hold be asked anything that follows."""
        if rules:
            self._send_away(negated(rules))
        else:
            self._is_over = True

    def _send_away(self, rule: Rule) -> None:
        if len(self._ended) < MOST_ENDS:
            self._ended.append(rule)
        else:
            reason = _("only the first %(most)s ends are read") % {"most": MOST_ENDS}
            self._lose(_("the flow"), rule.said, reason)

    def _take_block(self, block_id: str, rules: tuple[Rule, ...], where: str) -> None:
        block = self._blocks.get(block_id)
        if block is None:
            self._lose(where, block_id, _("there is no such block"))
            return
        name = as_text(block.get("Description")) or block_id
        told = _("block “%(name)s”") % {"name": name}
        if block_id in self._used:
            self._lose(told, _("the block asked again"), _("a question is asked once here"))
            return
        if as_text(block.get("Type")) == "Trash" or self._is_over:
            return
        self._used.add(block_id)
        section = DraftSection(
            self._codes.take(make_code(name, "block"), "block", told),
            told,
            rules=(*self._ended, *rules),
        )
        self._fill(section, block)
        self._sections.append(section)

    def _fill(self, section: DraftSection, block: Map) -> None:
        self._tell_options(section.where, as_map(block.get("Options")))
        skips: list[tuple[str, Rule]] = []  # where to, and who has not gone there
        for element in map(as_map, as_list(block.get("BlockElements"))):
            if as_text(element.get("Type")) == "Page Break":
                self._lose(section.where, _("a page break"), _("pages break between sections here"))
                continue
            qid = as_text(element.get("QuestionID"))
            skips = [(goal, rule) for goal, rule in skips if goal != qid]
            payload = self._questions.get(qid)
            if payload is None or qid in self._placed:
                self._lose(
                    section.where, qid, _("there is no such question, or it was asked before")
                )
                continue
            self._placed.add(qid)
            asked = Asked(payload, self._survey, tuple(rule for _goal, rule in skips))
            make_items(asked)
            section.items += asked.items
            skips += self._skips(element, asked.where, MOST_ENDS - len(skips))

    def _skips(self, element: Map, where: str, most: int) -> Iterator[tuple[str, Rule]]:
        for number, skip in enumerate(map(as_map, as_list(element.get("SkipLogic")))):
            goal = as_text(skip.get("SkipToDestination"))
            rule = negated((_skip_rule(skip),))
            if number >= most:
                reason = _("only the first %(most)s skips are read") % {"most": MOST_ENDS}
                self._lose(where, rule.said, reason)
                continue
            if goal == "ENDOFSURVEY":
                self._send_away(rule)
            yield goal, rule

    def _tell_options(self, where: str, options: Map) -> None:
        order = as_text(options.get("RandomizeQuestions"))
        self._shuffled.append(order == "All")
        if order not in ("", "false", "None", "All"):
            told = f"RandomizeQuestions: {order}"
            self._lose(where, told, _("questions are shuffled all together or not at all"))
        looping = as_text(options.get("Looping"))
        if looping not in ("", "None"):
            self._lose(where, f"Looping: {looping}", _("questions are asked once here"))

    def _tell_random(self, element: Map, kind: str, where: str) -> None:
        if kind in ("BlockRandomizer", "Randomizer"):
            what = _("a random choice of %(count)s blocks") % {
                "count": as_text(element.get("SubSet")) or "?"
            }
            self._lose(where, what, _("all blocks are asked here, in their order"))

    def _tell_element(self, element: Map, kind: str, where: str) -> None:
        fields = [as_map(each) for each in as_list(element.get("EmbeddedData"))]
        for one in fields:
            what = _("the embedded data “%(field)s”") % {"field": as_text(one.get("Field"))}
            self._lose(where, what, _("nothing is stored beside the answers here"))
        if not fields:
            self._lose(where, kind or _("an element"), _("has no counterpart here"))

    def _tell_unused(self, block: Map) -> None:
        is_trash = as_text(block.get("Type")) == "Trash"
        reason = _("it lies in the trash") if is_trash else _("the survey’s flow never comes to it")
        for element in map(as_map, as_list(block.get("BlockElements"))):
            qid = as_text(element.get("QuestionID"))
            if qid in self._questions and qid not in self._placed:
                self._placed.add(qid)
                self._tell_question(self._questions[qid], reason)

    def _tell_question(self, payload: Map, reason: str) -> None:
        told = {
            "tag": as_text(payload.get("DataExportTag")),
            "qid": as_text(payload.get("QuestionID")),
        }
        self._lose(_("question “%(tag)s” (%(qid)s)") % told, _("all of it"), reason)

    def _lose(self, where: str, what: str, reason: str) -> None:
        self._survey.report.add(where, what, reason)


def _branch(element: Map) -> tuple[Rule, ...]:
    return logic_rules(element.get("BranchLogic"))


def _skip_rule(skip: Map) -> Rule:
    said = describe({"0": {"0": skip}})
    return Rule(said, lambda names: translate_expression(skip, names))
