"""Three files of published counts."""

import pytest

from survey.samples.count_files import read_counts
from survey.samples.counts import PublishedCounts
from survey.samples.tables import CountsFileError
from tests.samples.counts_files import COUNTS, ITEMS, NYC, UNITS, source


def read(
    units: str | bytes = UNITS, items: str | bytes = ITEMS, counts: str | bytes = COUNTS
) -> PublishedCounts:
    return read_counts(
        units=source("units.csv", units),
        items=source("items.csv", items),
        counts=source("counts.csv", counts),
    )


def problems_of(**files: str | bytes) -> list[str]:
    with pytest.raises(CountsFileError) as caught:
        read(**files)
    return [str(problem) for problem in caught.value.problems]


class TestReadCounts:
    def test_reads_units_items_and_counts(self) -> None:
        published = read()

        assert [unit.code for unit in published.units] == ["S1", "S2", "S3", "S4"]
        assert [item.code for item in published.items_of("teacher")] == ["q1", "q2"]
        assert published.tallies["S1", "teacher"] == {
            "q1": [(1, 3), (2, 3), (4, 1)],
            "q2": [(2, 3), (1, 3)],
        }
        assert published.count_people("S1", "parent") == 12
        assert published.count_people("S4", "parent") == 0

    def test_takes_an_option_without_score_as_do_not_know(self) -> None:
        assert read().items_of("teacher")[0].options[3].score is None

    def test_numbers_options_that_are_words_by_their_places(self) -> None:
        words = ITEMS.replace("parent,respect,q1,1", "parent,respect,q1,yes").replace(
            "parent,respect,q1,2", "parent,respect,q1,no"
        )
        counts = "unit,audience,item,option,count\nS1,parent,q1,no,2\n"

        assert read(items=words, counts=counts).tallies["S1", "parent"] == {"q1": [(2, 2)]}

    def test_makes_another_digest_from_any_other_byte(self) -> None:
        assert read().digest == read().digest
        assert read().digest != read(counts=COUNTS + "\n").digest
        assert read().digest != read(units=UNITS.replace("First", "Fist")).digest

    def test_reads_the_published_school_survey(self) -> None:
        if not NYC.exists():
            pytest.skip("../shared/data/nyc2011 is not here")
        published = read(**{name: (NYC / f"{name}.csv").read_bytes() for name in PARTS})

        people = {
            audience: sum(published.count_people(unit.code, audience) for unit in published.units)
            for audience in ("teacher", "parent")
        }
        assert people == {"teacher": 8784, "parent": 65140}
        assert len(published.items_of("teacher")) == 39


PARTS = ("units", "items", "counts")
LAST_COUNT = "S3,parent,q1,1,11"


class TestRefusals:
    @pytest.mark.parametrize(
        ("file", "column"),
        [
            *[("units", column) for column in ("unit", "parent", "name")],
            *[("items", c) for c in ("audience", "construct", "item", "option", "score")],
            *[("counts", c) for c in ("unit", "audience", "item", "option", "count")],
        ],
    )
    def test_names_a_missing_column(self, file: str, column: str) -> None:
        header, *rows = {"units": UNITS, "items": ITEMS, "counts": COUNTS}[file].splitlines()
        text = "\n".join([header.replace(column, "other", 1), *rows])

        assert problems_of(**{file: text}) == [
            f'{file}.csv, line 1: the column "{column}" is missing'
        ]

    @pytest.mark.parametrize(
        "count", ["-1", "1.5", "1e3", "NaN", "inf", "", "many", "٣", "²", "+3", "1_0", "99999999"]
    )
    def test_names_the_line_of_a_count_that_is_no_whole_number(self, count: str) -> None:
        text = COUNTS.replace(LAST_COUNT, f"S3,parent,q1,1,{count}")

        assert problems_of(counts=text) == [
            f'counts.csv, line 14: the count "{count}" is not a whole number of 0 or more'
        ]

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("S9,parent,q1,1,11", 'the unit "S9" is not among the units'),
            ("S3,parent,q9,1,11", 'the item "q9" of "parent" is not among the items'),
            ("S3,pupil,q1,1,11", 'the item "q1" of "pupil" is not among the items'),
            ("S3,parent,q1,9,11", 'the item "q1" has no option "9"'),
            ("S1,parent,q1,1,9", "the same unit, item and option stand there twice"),
            ("S3,parent,q1,1", "the row is cut short: 4 of 5 fields"),
            ("S3,par", "the row is cut short: 2 of 5 fields"),
        ],
    )
    def test_names_the_line_of_a_wrong_row(self, row: str, message: str) -> None:
        assert problems_of(counts=COUNTS.replace(LAST_COUNT, row)) == [
            f"counts.csv, line 14: {message}"
        ]

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("q1,1,10\nt", "q1,1,ten\nt", 'line 2: the score "ten" is not a number'),
            ("q1,1,10\nt", "q1,1,nan\nt", 'line 2: the score "nan" is not a number'),
            ("q1,2,5", "q1,1,5", 'line 3: the option "1" of "q1" stands there twice'),
            ("respect,q2,2", "order,q2,2", 'line 7: the item "q2" stands under two constructs'),
            ("q1,2,0", "q1,2,10", 'line 8: the options of "respect" all have one score'),
            ("teacher,respect,q2,1", ",respect,q2,1", "line 6: the audience is empty"),
            ("q2,2,0", "q1 ,2,0", 'line 7: the option "2" of "q1" stands there twice'),
        ],
    )
    def test_names_the_line_of_a_wrong_item(self, old: str, new: str, problem: str) -> None:
        assert f"items.csv, {problem}" in problems_of(items=ITEMS.replace(old, new))

    def test_refuses_items_that_would_get_one_code(self) -> None:
        text = ITEMS.replace("respect,q2", "respect,Q-1")
        text = text.replace("respect,q1", "respect,q_1")

        assert problems_of(items=text)[0] == ('items.csv, line 6: the item "Q-1" is too like "q_1"')

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("S2,", "S1,", 'line 3: the unit "S1" stands there twice'),
            ("S2,", ",", "line 3: the unit is empty"),
            ("S2,", "North,", 'line 3: the unit "North" is too like the parent "North"'),
            ("S2,", "S" * 51 + ",", "line 3: the unit is longer than 50 characters"),
            ("S2,", "--,", 'line 3: the unit "--" has neither letter nor digit'),
            ("Second school", "x" * 201, "line 3: the name is longer than 200 characters"),
        ],
    )
    def test_names_the_line_of_a_wrong_unit(self, old: str, new: str, problem: str) -> None:
        assert f"units.csv, {problem}" in problems_of(units=UNITS.replace(old, new, 1))

    def test_refuses_more_people_than_a_machine_should_make(self) -> None:
        text = COUNTS.replace(LAST_COUNT, "S3,parent,q1,1,1000001")

        assert problems_of(counts=text) == ["counts.csv: there are more than 1000000 people"]
