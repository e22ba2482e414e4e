"""What a file says before its names are known."""

from survey.questionnaires.importers.drafts import Draft, DraftSection, Rule


class TestDraft:
    def test_shares_nothing_with_another(self) -> None:
        one, two = Draft("a", "A", ("en",)), Draft("b", "B", ("en",))

        one.sections.append(DraftSection("s", "here"))
        one.settings["page"] = "SCROLL"

        assert (two.sections, two.settings, two.names) == ([], {}, {})


class TestRule:
    def test_is_translated_with_the_names_known_by_then(self) -> None:
        rule = Rule("a", lambda names: "a" in names)

        assert rule.translate({}) is False
