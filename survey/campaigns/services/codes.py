"""Ask for printed codes: the worker, which alone has the keys, makes the sheet and sends it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.campaigns.code_sheets import count_slips, people_without_address, render_sheet
from survey.campaigns.models import Channel, CodeSheet, Invitation, Wave
from survey.campaigns.rosters import STAFF
from survey.campaigns.selectors import find_letter
from survey.campaigns.services.admission import admit_due_customers
from survey.campaigns.services.contact_groups import find_places
from survey.campaigns.services.ledger import record_slips
from survey.letters.models import DeliveryKind
from survey.letters.services import Recipient, queue_deliveries
from survey.questionnaires.models import Audience

MOST_ON_A_SHEET = 400


class NoCodesError(Exception):
    """There is nothing to print; the message says why."""


@transaction.atomic
def request_codes(*, wave_id: int, asked_by: str, now: datetime) -> int:
    """Have codes sent for everybody in a wave without an e-mail address; return how many.

    They come in sheets of whole groups to the address of whoever asks.
    """
    wave = _find_wave(wave_id, STAFF, now)
    counted = [(group_id, n) for group_id, _, n in count_slips(wave=wave)]
    if not counted:
        raise NoCodesError(_("Everybody who is asked has an e-mail address."))
    for part in _parts(counted):
        _send_sheet(wave, part, asked_by, now)
    record_slips(wave=wave, now=now)
    return sum(n for _, n in counted)


@transaction.atomic
def request_customer_codes(
    *, wave_id: int, team_code: str, n: int, asked_by: str, now: datetime
) -> CodeSheet:
    """Have so many codes sent for customers of a team; they are admitted among all others."""
    wave = _find_wave(wave_id, (Audience.CUSTOMER,), now)
    group_id = _group_of(wave, team_code, n, now)
    sheet = _send_sheet(wave, [(group_id, n)], asked_by, now)
    _invite_bearers(sheet, group_id)
    return sheet


def print_codes(*, wave_id: int, team_code: str = "", n: int = 0, now: datetime) -> tuple[int, str]:
    """Return how many codes there are and the page to print, at once and for whoever asks here.

    For people without an address, or so many for customers of a team. Needs the keys.
    """
    if not team_code:
        wave = _find_wave(wave_id, STAFF, now)
        invitations = _print_for_people(wave, now)
    else:
        wave = _find_wave(wave_id, (Audience.CUSTOMER,), now)
        sheet = _make_sheet(wave, team_code, n, now)
        admit_due_customers(now=now)
        invitations = Invitation.objects.filter(sheet=sheet, is_admitted=True)
    found = list(invitations.select_related("group"))
    if not found:
        raise NoCodesError(_("Nobody in this wave needs one."))
    return len(found), render_sheet(wave=wave, invitations=found)


@transaction.atomic
def _print_for_people(wave: Wave, now: datetime) -> QuerySet[Invitation]:
    """Note the sheet of everybody without an address, which nobody is sent."""
    counted = count_slips(wave=wave)
    if counted:
        CodeSheet.objects.create(
            wave=wave,
            group_ids=[group_id for group_id, *_ in counted],
            n_codes=sum(n for *_, n in counted),
            asked_at=now,
        )
        record_slips(wave=wave, now=now)
    return people_without_address(wave=wave)


@transaction.atomic
def _make_sheet(wave: Wave, team_code: str, n: int, now: datetime) -> CodeSheet:
    """Make customers' codes that nobody is sent."""
    group_id = _group_of(wave, team_code, n, now)
    sheet = CodeSheet.objects.create(wave=wave, group_ids=[group_id], n_codes=n, asked_at=now)
    _invite_bearers(sheet, group_id)
    return sheet


def _group_of(wave: Wave, team_code: str, n: int, now: datetime) -> int:
    if not 1 <= n <= MOST_ON_A_SHEET:
        raise NoCodesError(_("A sheet holds 1 to %(n)s codes.") % {"n": MOST_ON_A_SHEET})
    places = find_places(team_codes=[team_code], now=now, campaign_id=wave.campaign_id)
    place = places.get(team_code)
    if place is None or place.wave.pk != wave.pk:
        raise NoCodesError(_("This wave is not open, or does not ask about this team."))
    return place.group_id


def _invite_bearers(sheet: CodeSheet, group_id: int) -> None:
    """Invite whoever will hold the slips; the codes are admitted among all other customers'."""
    Invitation.objects.bulk_create(
        Invitation(wave_id=sheet.wave_id, group_id=group_id, sheet=sheet)
        for _place in range(sheet.n_codes)
    )


def _find_wave(wave_id: int, audiences: Collection[str], now: datetime) -> Wave:
    waves = Wave.objects.launched().filter(
        pk=wave_id,
        channel=Channel.PERSONAL,
        campaign__audience__in=audiences,
        closed_at__isnull=True,
        closes_at__gt=now,
    )
    wave = waves.select_related("campaign__letter", "letter").first()
    if wave is None:
        raise NoCodesError(_("Codes are printed for a wave from its launch until it closes."))
    return wave


def _parts(counted: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield whole groups together until a sheet is full."""
    part: list[tuple[int, int]] = []
    for group_id, n in counted:
        if part and sum(size for _, size in part) + n > MOST_ON_A_SHEET:
            yield part
            part = []
        part.append((group_id, n))
    if part:
        yield part


def _send_sheet(
    wave: Wave, part: Sequence[tuple[int, int]], asked_by: str, now: datetime
) -> CodeSheet:
    letter = find_letter(wave=wave)
    if letter is None:
        raise NoCodesError(_("There is no letter yet: nobody signs the codes."))
    (delivery,) = queue_deliveries(
        letter=letter, kind=DeliveryKind.CODES, recipients=[Recipient("", asked_by)], due_at=now
    )
    return CodeSheet.objects.create(
        wave=wave,
        group_ids=[group_id for group_id, _ in part],
        n_codes=sum(n for _, n in part),
        asked_by=asked_by,
        asked_at=now,
        delivery=delivery,
    )
