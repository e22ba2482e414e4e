"""Kind words where a link takes no answers."""

from datetime import UTC, datetime

import pytest

from survey.answering.notices import say_moment, write_notice
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.selectors import (
    ClosedLinkError,
    ExpiredLinkError,
    LinkNotOpenError,
    NotYetOpenError,
    UnknownLinkError,
    WithdrawnLinkError,
)
from survey.letters.models import Letter

OPENS, CLOSES = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 9, 17, tzinfo=UTC)


def wave(**changes: object) -> Wave:
    letter = Letter(signer_name="Ruth Okafor", signer_role="who runs the bakery")
    return Wave(
        campaign=Campaign(letter=letter), **{"opens_at": OPENS, "closes_at": CLOSES, **changes}
    )


class TestWriteNotice:
    @pytest.mark.parametrize(
        ("refusal", "status", "words"),
        [
            (UnknownLinkError(), 404, "the links were deleted, as promised"),
            (ClosedLinkError(wave(), None), 410, "until 9 March 2026, 17:00 (UTC)."),
            (ClosedLinkError(wave(closed_at=OPENS), None), 410, "until 2 March 2026, 09:00"),
            (ClosedLinkError(wave(), None), 410, "If you answered before, your answers are in."),
            (ClosedLinkError(wave(), CLOSES), 410, "opens on 9 March 2026, 17:00 (UTC);"),
            (ExpiredLinkError(wave()), 410, "too long ago to remember it well"),
            (WithdrawnLinkError(wave()), 410, "deleted, unread"),
            (NotYetOpenError(wave()), 403, "opens on 2 March 2026, 09:00"),
        ],
        ids=[
            "unknown",
            "closed",
            "closed early",
            "closed, answered",
            "closed, next planned",
            "expired",
            "withdrawn",
            "early",
        ],
    )
    def test_says_what_happened(
        self, refusal: UnknownLinkError | LinkNotOpenError, status: int, words: str
    ) -> None:
        notice = write_notice(refusal)

        assert notice.status == status
        assert words in " ".join(notice.sentences)

    def test_is_signed_by_whoever_asked(self) -> None:
        notice = write_notice(WithdrawnLinkError(wave()))

        assert notice.signature == "Ruth Okafor, who runs the bakery"


class TestSayMoment:
    def test_speaks_the_organisations_time_and_names_its_zone(self, settings: object) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"  # type: ignore[attr-defined]

        assert say_moment(CLOSES) == "10 March 2026, 02:00 (Asia/Tokyo)"
