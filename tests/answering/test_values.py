from django.test import RequestFactory

from survey.answering.values import posted_values


class TestPostedValues:
    def test_gives_one_value_per_field_and_shows_what_came_twice(self) -> None:
        posted = RequestFactory().post("/", {"a": "1", "b": ["2", "3"], "c": ""}).POST

        assert posted_values(posted) == {"a": "1", "b": ["2", "3"], "c": ""}
