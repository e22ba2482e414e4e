import pytest

from survey.campaigns.fatigue import Rule
from survey.console.fatigue.forms import RuleForm


class TestRuleForm:
    def test_reads_a_rule(self) -> None:
        form = RuleForm({"at_most": "2", "within_days": "90", "gap_days": "0"})

        assert form.is_valid()
        assert form.rule == Rule(2, 90, 0)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("at_most", "0"), ("within_days", "731"), ("gap_days", "-1"), ("at_most", "often")],
    )
    def test_names_the_field_in_error(self, name: str, value: str) -> None:
        sent = {"at_most": "2", "within_days": "90", "gap_days": "0"} | {name: value}

        assert list(RuleForm(sent).errors) == [name]
