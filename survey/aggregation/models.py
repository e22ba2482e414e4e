"""Summaries that add up (internal), and the frozen figures that anyone may see."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Campaign, Group, Wave
from survey.core.periods import Period
from survey.organization.models import Team
from survey.responses.models import Cell, Comment


class Rollup(models.Model):
    """What one stored group (or one cell of it) answered on one metric. Internal: never shown.

    All rollups of a family count the same respondents. Sums are in the scale's or item's own units.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="rollups")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="rollups")
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.CASCADE, related_name="rollups"
    )
    family = models.CharField(max_length=80)
    metric = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    total = models.FloatField()
    sum_squares = models.FloatField()
    n_favourable = models.PositiveIntegerField(default=0)
    option_counts = models.JSONField(default=dict)
    n_complete = models.PositiveIntegerField(default=0)
    item_totals = models.JSONField(default=list)
    cross_products = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rollup_once_per_group",
                fields=["wave", "group", "metric"],
                condition=Q(cell__isnull=True),
            ),
            models.UniqueConstraint(
                name="rollup_once_per_cell",
                fields=["cell", "metric"],
                condition=Q(cell__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.group}"


class CutReason(models.TextChoices):
    """Why a cut is not shown."""

    TOO_FEW = "TOO_FEW", _("too few people answered")
    TELLS = "TELLS", _("beside the figures of the teams it would give small groups away")
    EXTREME = "EXTREME", _("a small level answered at the very end of a scale")
    TOO_SLOW = "TOO_SLOW", _("working out what is safe to show took too long")
    RECOUNTED = "RECOUNTED", _("figures were made anew, and cuts are counted only once")
    LOST = "LOST", _("what people are told apart by was lost before it was counted")


class CutRollup(models.Model):
    """One declared cut of everybody, counted once inside the last seal. Internal: never shown.

    Of customers there is one for every month, counted when that is over. levels holds what passed
    the audit, nothing else is ever written down: [{"values": ["1 to 3"], "n", "totals": {metric:
    sum of scores in its own units}}]; none where the cut is left out.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="cut_rollups")
    month_start = models.DateField(null=True, blank=True)
    cut = models.CharField(max_length=40)
    family = models.CharField(max_length=80)
    levels = models.JSONField(default=list)
    reason = models.CharField(max_length=10, choices=CutReason.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cut_rollup_once_per_family",
                fields=["wave", "cut", "family"],
                condition=Q(month_start__isnull=True),
            ),
            models.UniqueConstraint(
                name="cut_rollup_once_per_month",
                fields=["wave", "month_start", "cut", "family"],
                condition=Q(month_start__isnull=False),
            ),
            models.CheckConstraint(
                name="cut_rollup_is_shown_or_says_why",
                condition=(Q(levels=[]) & ~Q(reason="")) | (~Q(levels=[]) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="cut_rollup_reason_is_known",
                condition=Q(reason__in=["", *CutReason.values]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} by {self.cut} in {self.wave}"


class Release(models.Model):
    """The permitted figures of a wave, or of one month of a customer wave; never changed.

    scales holds what is said of each scale over its released groups only: reliability, agreement,
    the pooled standard deviation, the gate. cuts says which cuts were declared and where one is
    left out: [{"code", "name", "left_out": {metric: reason}}].
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="releases")
    month_start = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    checksum = models.CharField(max_length=64)
    scales = models.JSONField(default=dict)
    cuts = models.JSONField(default=list, blank=True)
    n_hidden = models.PositiveIntegerField(default=0)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="release_once_per_wave",
                fields=["wave"],
                condition=Q(supersedes__isnull=True, month_start__isnull=True),
            ),
            models.UniqueConstraint(
                name="release_once_per_month",
                fields=["wave", "month_start"],
                condition=Q(supersedes__isnull=True, month_start__isnull=False),
            ),
            models.CheckConstraint(
                name="release_superseding_has_a_reason",
                condition=Q(supersedes__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.month_start or ''}".strip()


class Figure(models.Model):
    """One released number as printed: scores on 0 to 100 to one decimal, shares in whole per cent.

    A group and metric without a row is not shown; nothing else is said of it. detail holds what
    only some metrics have: {"recommend": {"score", "low", "high"}, "shares": {"1": 20, ...},
    "bounds": {"passionate": [19, 25], ...}, "divided": true, "end": "high"}. The mean of profiles
    ("profile:passion") is the printed share of the first of them.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="figures")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="figures")
    metric = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    mean = models.FloatField()
    se = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    favourable = models.PositiveSmallIntegerField(null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="figure_once", fields=["release", "group", "metric"]),
        ]
        indexes = [models.Index(fields=["group", "metric"])]

    def __str__(self) -> str:
        return f"{self.metric} of {self.group}: {self.mean}"


class CutFigure(models.Model):
    """One released number of a declared cut: everybody of the wave at one level, as printed.

    A cut's figures stand in the order of their place; levels are the declared ones that one joins
    ("": not known).
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cut_figures")
    cut = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=list)
    metric = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    mean = models.FloatField()
    se = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cut_figure_once", fields=["release", "cut", "metric", "place"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} at {self.cut} {self.place}: {self.mean}"


class ReleasedComment(models.Model):
    """Somebody's words that may be read, at the one group where enough others wrote too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="comments")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="released_comments")
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="released")

    def __str__(self) -> str:
        return str(self.id)


class Standing(models.Model):
    """How one part of the organisation stood in one month or quarter, beside its own parts.

    Made of printed, released figures alone; pages read it and work nothing out. metrics says of
    each metric what the whole scope shows and how its teams spread: {code: {n, mean, ..., teams:
    {n, median, lower, upper}}}; parts says of each part directly below the same, with its mean
    drawn towards that of all parts and the probability ("above") that it lies above the whole.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="standings")
    scope = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="standings")
    period = models.CharField(max_length=7, choices=Period.choices)
    period_start = models.DateField()
    computed_at = models.DateTimeField()
    release_checksum = models.CharField(max_length=64)
    n_teams = models.PositiveIntegerField()
    metrics = models.JSONField(default=dict)
    parts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="standing_once", fields=["campaign", "scope", "period", "period_start"]
            ),
            models.CheckConstraint(
                name="standing_period_is_known", condition=Q(period__in=Period.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} in {self.campaign}, {self.period_start:%Y-%m}"
