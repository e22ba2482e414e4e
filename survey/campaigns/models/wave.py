"""One fielding window of a campaign."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models.campaign import Campaign
from survey.campaigns.querysets import WaveQuerySet
from survey.core.leases import Leased
from survey.letters.models import Letter
from survey.questionnaires.models import Questionnaire

SMALLEST_THRESHOLD = 5


class Channel(models.TextChoices):
    """How answers come in; a wave has one channel."""

    PERSONAL = "PERSONAL", _("personal links")
    OPEN = "OPEN", _("open links")
    IMPORT = "IMPORT", _("brought in")


class Wave(Leased):
    """One fielding window. Launching freezes people, groups, families and the threshold.

    A draft has no launched_at; a page asks for its launch, and a worker, which holds the keys,
    does it. Answers may come between opens_at and closes_at. sealed_at is the moment of the last
    seal, after which the keys are destroyed. Only a draft has a draw_seed: with it anybody could
    draw again who among colleagues rates whom.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.PERSONAL)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="waves"
    )
    threshold = models.PositiveSmallIntegerField(default=SMALLEST_THRESHOLD)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    letters_date = models.DateField(null=True, blank=True)  # letters go at this local day and
    letters_time = models.TimeField(null=True, blank=True)  # time; as the wave opens where empty
    planned_date = models.DateField(null=True, blank=True)  # the round of a schedule it belongs to
    audience_filter = models.JSONField(default=dict, blank=True)  # as its campaign's at launch
    scale_codes = models.JSONField(default=list, blank=True)  # asked this time; empty: all
    draw_seed = models.UUIDField(null=True, blank=True, editable=False)

    launch_requested_at = models.DateTimeField(null=True, blank=True)
    launch_problem = models.TextField(blank=True)
    launch_problem_abroad = models.JSONField(default=dict, blank=True)  # by languages' tags
    launched_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    keys_missing_at = models.DateTimeField(null=True, blank=True)  # since when workers miss them
    keys_destroyed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    public_key = models.BinaryField(null=True, blank=True)
    box_size = models.PositiveIntegerField(null=True, blank=True)
    families = models.JSONField(default=list, blank=True)
    cuts = models.JSONField(default=list, blank=True)  # [{"code", "name", "levels"}], as declared
    cut_box_size = models.PositiveIntegerField(null=True, blank=True)

    n_invited = models.PositiveIntegerField(default=0)
    n_spent = models.PositiveIntegerField(null=True, blank=True)
    n_counted = models.PositiveIntegerField(null=True, blank=True)
    n_discarded = models.PositiveIntegerField(default=0)
    unkept_items = models.JSONField(default=list, blank=True)  # codes; answers that told whose
    n_waiting = models.PositiveIntegerField(default=0)  # boxes the last look left for a later cell
    participation = models.JSONField(default=dict, blank=True)
    counts_digest = models.CharField(
        max_length=64, blank=True
    )  # SHA-256 of the published counts it was built from; empty when people answered

    objects = WaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="wave_number_once", fields=["campaign", "number"]),
            models.UniqueConstraint(
                name="wave_once_per_round",
                fields=["campaign", "planned_date"],
                condition=Q(planned_date__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_letters_have_day_and_time",
                condition=Q(letters_date__isnull=True, letters_time__isnull=True)
                | Q(letters_date__isnull=False, letters_time__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="wave_threshold_at_least_five",
                condition=Q(threshold__gte=SMALLEST_THRESHOLD),
            ),
            models.CheckConstraint(
                name="wave_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="wave_from_counts_is_an_import",
                condition=Q(counts_digest="") | Q(channel=Channel.IMPORT),
            ),
            models.CheckConstraint(
                name="wave_launched_has_a_public_key",
                condition=Q(launched_at__isnull=True)
                | Q(public_key__isnull=False, box_size__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_launched_has_forgotten_its_draw",
                condition=Q(launched_at__isnull=True) | Q(draw_seed__isnull=True),
            ),
            models.CheckConstraint(
                name="wave_sealed_only_after_it_closed",
                condition=Q(sealed_at__isnull=True) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_withdrawn_has_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="wave_withdrawn_is_never_sealed",
                condition=Q(withdrawn_at__isnull=True) | Q(sealed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.number}"
