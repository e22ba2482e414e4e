"""What can be asked: constructs, scales, items and questionnaires, versioned."""

from typing import Any

from django.db import models
from django.db.models import Q


class Audience(models.TextChoices):
    """Who is asked."""

    EMPLOYEE = "EMPLOYEE", "people who work here"
    COLLEAGUE = "COLLEAGUE", "teams about the teams that serve them"
    CUSTOMER = "CUSTOMER", "customers after an interaction"


class PlaybackLeave(models.TextChoices):
    """What the writer allows us to do with their words."""

    AS_TOLD = "AS_TOLD", "exactly as told"
    NO_NAMES = "NO_NAMES", "without names"
    NONE = "NONE", "no"


class Construct(models.Model):
    """Something we want to know, such as fairness."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class ScoringMethod(models.TextChoices):
    """How one respondent's answers become a score on a scale."""

    MEAN = "MEAN", "mean of the answered items"
    RECOMMEND = "RECOMMEND", "0 to 10, with promoters and detractors"


class Scale(models.Model):
    """Items that measure one construct, and how to score them.

    A facet is a part of another scale, asked with it. A mirror asks one side what the scale it
    mirrors asks the other.
    """

    construct = models.ForeignKey(Construct, on_delete=models.PROTECT, related_name="scales")
    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    phrase = models.CharField(
        max_length=150
    )  # reads on in a sentence: "how fairly they are treated"
    method = models.CharField(
        max_length=10, choices=ScoringMethod.choices, default=ScoringMethod.MEAN
    )
    minimum = models.FloatField()
    maximum = models.FloatField()
    favourable_from = models.FloatField(null=True, blank=True)
    is_short_form = models.BooleanField(default=False)  # not counted beside its long form
    facet_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="facets"
    )
    mirrors = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="mirrored_by"
    )
    profiles = models.JSONField(default=list, blank=True)  # as `content.ProfileContent`
    shows_items = models.BooleanField(default=False)  # however many it has
    is_linked = models.BooleanField(default=True)  # tested against the other side
    drafted_in: "models.ManyToManyField[Questionnaire, Any]" = models.ManyToManyField(
        "Questionnaire", blank=True, related_name="drafted_scales"
    )  # only these count it until one of them is published

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scale_maximum_above_minimum", condition=Q(maximum__gt=models.F("minimum"))
            ),
            models.CheckConstraint(
                name="scale_method_is_known", condition=Q(method__in=ScoringMethod.values)
            ),
            models.CheckConstraint(
                name="scale_is_not_its_own_facet",
                condition=Q(facet_of__isnull=True) | ~Q(facet_of=models.F("id")),
            ),
            models.CheckConstraint(
                name="scale_does_not_mirror_itself",
                condition=Q(mirrors__isnull=True) | ~Q(mirrors=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ItemKind(models.TextChoices):
    """How an item is answered."""

    CHOICE = "CHOICE", "one of some options"
    RATING = "RATING", "a number from 0 to 10"
    TEXT = "TEXT", "words of one's own"
    MULTIPLE = "MULTIPLE", "any number of some options"
    RANKING = "RANKING", "options put in order"
    NUMBER = "NUMBER", "a number"
    DATE = "DATE", "a day"
    LINE = "LINE", "a few words"
    NOTE = "NOTE", "a text without an answer"


class Item(models.Model):
    """One question as worded. A changed word is a new version; versions are never reused.

    texts: {"en": "..."}. options: [{"value": 1, "score": 1.0, "texts": {"en": "..."}}]; the score
    is null where an option means "don't know". settings: what its kind needs, as
    `documents.DocumentItem` says. What a draft words anew is open until that is published.
    """

    code = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=ItemKind.choices, default=ItemKind.CHOICE)
    texts = models.JSONField()
    hints = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    allows_cant_say = models.BooleanField(default=True)
    asks_for_playback = models.BooleanField(default=False)
    drafted_in = models.ForeignKey(
        "Questionnaire",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="drafted_items",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="item_code_and_version_once", fields=["code", "version"]),
            models.CheckConstraint(
                name="item_kind_is_known", condition=Q(kind__in=ItemKind.values)
            ),
            models.CheckConstraint(
                name="item_only_text_asks_for_playback",
                condition=Q(asks_for_playback=False) | Q(kind=ItemKind.TEXT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class ScaleItem(models.Model):
    """An item's place in a scale."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="scale_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="scale_items")
    is_reversed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="scale_item_once", fields=["scale", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} in {self.scale}"


class QuestionnaireStatus(models.TextChoices):
    """Drafts change, published ones never do, retired ones are not offered any more."""

    DRAFT = "DRAFT", "draft"
    PUBLISHED = "PUBLISHED", "published"
    RETIRED = "RETIRED", "retired"


class Questionnaire(models.Model):
    """An ordered list of item versions under a code and a version.

    settings: {"page": "SCROLL", "shuffles_items": true, "sample": {"pool": ["a", "b"], "n": 1}}.
    """

    code = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=150)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    languages = models.JSONField(default=list)
    settings = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        max_length=9, choices=QuestionnaireStatus.choices, default=QuestionnaireStatus.DRAFT
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="questionnaire_code_and_version_once", fields=["code", "version"]
            ),
            models.CheckConstraint(
                name="questionnaire_status_is_known",
                condition=Q(status__in=QuestionnaireStatus.values),
            ),
            models.CheckConstraint(
                name="questionnaire_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Section(models.Model):
    """Items of a questionnaire under a heading, asked where its condition holds."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="sections"
    )
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=80)
    texts = models.JSONField(default=dict, blank=True)
    shown_when = models.JSONField(null=True, blank=True)  # as `routing` reads it

    class Meta:
        constraints = [
            models.UniqueConstraint(name="section_code_once", fields=["questionnaire", "code"]),
            models.UniqueConstraint(
                name="section_position_once", fields=["questionnaire", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.code}"


class QuestionnaireItem(models.Model):
    """An item's place in a questionnaire, asked where its condition holds."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questionnaire_items"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="questionnaire_items")
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=False)
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="places"
    )
    shown_when = models.JSONField(null=True, blank=True)  # as `routing` reads it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="questionnaire_item_once", fields=["questionnaire", "item"]
            ),
            models.UniqueConstraint(
                name="questionnaire_position_once", fields=["questionnaire", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.item}"


class ImportReport(models.Model):
    """What bringing in a file left out: [[where, what, reason], ...], to be told in any language.

    Each is as importers.telling keeps it. Older ones are sentences, in one language.
    """

    questionnaire = models.OneToOneField(
        Questionnaire, on_delete=models.CASCADE, related_name="import_report"
    )
    file_name = models.CharField(max_length=200)
    language = models.CharField(max_length=40)  # of what was kept as sentences; else empty
    left_out = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.file_name


class ReadingLease(models.Model):
    """Until when somebody's file is being read: one file of each person at a time."""

    reader_id = models.PositiveBigIntegerField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_lease_once_for_each_reader", fields=["reader_id"])
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} until {self.until}"
