import pytest

from survey.answering.open.notices import write_open_notice
from survey.campaigns.collectors import CollectorOffError
from survey.campaigns.models import Wave
from survey.campaigns.selectors import (
    ClosedLinkError,
    LinkNotOpenError,
    NotYetOpenError,
    UnknownLinkError,
    WithdrawnLinkError,
)
from tests.factories.campaigns import NOW, TWO_WEEKS

WAVE = Wave(opens_at=NOW, closes_at=NOW + TWO_WEEKS)


class TestWriteOpenNotice:
    @pytest.mark.parametrize(
        ("refusal", "status", "says"),
        [
            (UnknownLinkError(), 404, "Scan the code again"),
            (NotYetOpenError(WAVE), 403, "from 2 March 2026, 09:00 (UTC) on"),
            (ClosedLinkError(WAVE, None), 410, "until 16 March 2026, 09:00 (UTC)."),
            (CollectorOffError(WAVE), 410, "switched off"),
            (WithdrawnLinkError(WAVE), 410, "by mistake"),
        ],
    )
    def test_says_what_is_the_matter(
        self, refusal: UnknownLinkError | LinkNotOpenError, status: int, says: str
    ) -> None:
        notice = write_open_notice(refusal)

        assert notice.status == status
        assert says in " ".join(notice.sentences)
        assert "letter again" not in " ".join(notice.sentences)
