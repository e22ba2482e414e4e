"""What HR fills in about people."""

from survey.console.people.forms import MEANINGS, ColumnsForm, ConfirmForm
from survey.organization.columns import OPTIONAL, REQUIRED


class TestColumnsForm:
    def test_names_the_meaning_of_every_column(self) -> None:
        assert set(MEANINGS) == {*REQUIRED, *OPTIONAL}

    def test_offers_declared_attributes(self) -> None:
        told = {"column_0": "attribute:tenure"}
        form = ColumnsForm(told, columns={"Jahre": ""}, attributes=[("tenure", "Tenure")])

        assert form.is_valid()
        assert form.told() == {"Jahre": "attribute:tenure"}

    def test_refuses_what_no_column_means(self) -> None:
        assert not ColumnsForm({"column_0": "salary"}, columns={"x": ""}, attributes=[]).is_valid()


class TestConfirmForm:
    def test_asks_about_many_who_leave_only_where_many_do(self) -> None:
        assert "may_lose_many" not in ConfirmForm(moves_people=True, losing=None).fields
        label = ConfirmForm(moves_people=True, losing=(4, 9)).fields["may_lose_many"].label
        assert label == "4 of 9 people have really left."

    def test_takes_no_tick_where_nobody_moves_or_leaves(self) -> None:
        assert ConfirmForm({"seen": "x"}, moves_people=False, losing=None).is_valid()
        assert not ConfirmForm({"seen": "x"}, moves_people=True, losing=None).is_valid()
