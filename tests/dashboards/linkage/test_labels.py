"""Which marks carry their name."""

import numpy as np

from survey.dashboards.linkage.labels import MOST_LABELS, place_labels

FIELD = {"x": (0.0, 100.0), "y": (0.0, 100.0)}


class TestPlaceLabels:
    def test_names_the_outermost_marks_first(self) -> None:
        points = [("middle", 50.0, 50.0), ("near", 52.0, 58.0), ("far", 80.0, 80.0)]

        assert place_labels(points, **FIELD)[0].text == "far"

    def test_names_at_most_six(self) -> None:
        points = [(f"team {i}", 10.0 + 2 * i, 10.0 + i) for i in range(40)]

        assert len(place_labels(points, **FIELD)) <= MOST_LABELS

    def test_leaves_out_a_name_that_has_no_room(self) -> None:
        crowd = [(f"team {i}{j}", 50.0 + i, 50.0 + j) for i in range(-9, 10, 3) for j in (-2, 0, 2)]

        assert "team 00" not in {label.text for label in place_labels(crowd, **FIELD)}

    def test_turns_a_name_inwards_at_the_right_edge(self) -> None:
        points = [("left", 20.0, 20.0), ("right", 98.0, 80.0), ("other", 30.0, 40.0)]

        sides = {label.text: label.side for label in place_labels(points, **FIELD)}
        assert sides == {"right": "right", "left": "left", "other": "left"}

    def test_shortens_a_very_long_name(self) -> None:
        (label,) = place_labels([("x" * 200, 20.0, 50.0)], **FIELD)

        assert len(label.text) == 28
        assert label.text.endswith("…")

    def test_never_puts_two_names_on_the_same_line_of_the_same_place(self) -> None:
        means = np.random.default_rng(1).normal(50, 15, (60, 2))
        points = [(f"team {i}", float(x), float(y)) for i, (x, y) in enumerate(means)]

        labels = place_labels(points, **FIELD)
        assert labels
        for one in labels:
            for other in labels:
                is_near = abs(one.x - other.x) < 3 and abs(one.y - other.y) < 4
                assert one is other or not is_near

    def test_has_nothing_to_name_without_marks(self) -> None:
        assert place_labels([], **FIELD) == []

    def test_always_names_what_somebody_wants_to_see(self) -> None:
        crowd = [(f"team {i}{j}", 50.0 + i, 50.0 + j) for i in range(-9, 10, 3) for j in (-2, 0, 2)]
        wanted = [name for name, _, _ in crowd].index("team 00")

        assert place_labels(crowd, **FIELD, first={wanted})[0].text == "team 00"
