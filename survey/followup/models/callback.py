"""Somebody asks to be called or written to: a record of its own, never joined to answers."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.organization.models import Team
from survey.questionnaires.models import Audience


class CallbackWay(models.TextChoices):
    """How somebody can be reached, in the order in which it is tried."""

    PHONE = "PHONE", _("a call")
    EMAIL = "EMAIL", _("an e-mail")
    POST = "POST", _("a letter by post")


class CallbackState(models.TextChoices):
    """Where a callback is on its way."""

    NEW = "NEW", _("new")
    ACCEPTED = "ACCEPTED", _("in hand")
    SOLVED = "SOLVED", _("solved, as the owner says")
    CONFIRMED = "CONFIRMED", _("put right, as the person says")
    UNREACHED = "UNREACHED", _("could not be reached")


OPEN_STATES = (CallbackState.NEW, CallbackState.ACCEPTED)


class Callback(models.Model):
    """A wish to be called or written to. Nothing here leads to what its writer answered."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)  # drawn with the form: sent once
    check_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the person's
    audience = models.CharField(max_length=10, choices=Audience.choices)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    best_time = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=3200, blank=True)
    language = models.CharField(max_length=16, default="en")
    asked_at = models.DateTimeField()  # to the minute
    due_at = models.DateTimeField()
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="callbacks"
    )
    state = models.CharField(max_length=9, choices=CallbackState.choices, default=CallbackState.NEW)
    ended_at = models.DateTimeField(null=True, blank=True)  # solved, or given up
    checked_at = models.DateTimeField(null=True, blank=True)  # when it was asked: put right?
    remind_at = models.DateTimeField(null=True, blank=True)  # None: told already, or not wanted
    late_at = models.DateTimeField(null=True, blank=True)  # when its owner was told it is late

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="callback_state_is_known", condition=Q(state__in=CallbackState.values)
            ),
            models.CheckConstraint(
                name="callback_can_be_reached", condition=~Q(phone="", email="", address="")
            ),
            models.CheckConstraint(
                name="callback_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="callback_is_open_until_it_ended",
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def contacts(self) -> dict[CallbackWay, str]:
        """Return every way in which the person can be reached, with where; first comes first."""
        given = zip(CallbackWay, (self.phone, self.email, self.address), strict=True)
        return {way: where for way, where in given if where}

    @property
    def way(self) -> CallbackWay:
        """Return the way that is tried first."""
        return next(iter(self.contacts))


class CallbackEventKind(models.TextChoices):
    """What happened to a callback."""

    ASKED = "ASKED", _("asked for")
    GIVEN = "GIVEN", _("given")
    ACCEPTED = "ACCEPTED", _("taken in hand")
    NOTED = "NOTED", _("noted")
    HANDED_OVER = "HANDED_OVER", _("handed over")
    REMINDED = "REMINDED", _("reminded")
    SOLVED = "SOLVED", _("solved")
    UNREACHED = "UNREACHED", _("not reached")
    CONFIRMED = "CONFIRMED", _("put right, the person says")
    REOPENED = "REOPENED", _("opened again")


class CallbackEvent(models.Model):
    """One step of a callback's history; only added, never changed."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=CallbackEventKind.choices)
    by_name = models.CharField(max_length=200, blank=True)  # empty: the product, or the person
    note = models.TextField(max_length=1500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="callback_event_kind_is_known",
                condition=Q(kind__in=CallbackEventKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.callback_id}"


class Duty(models.Model):
    """Who takes the callbacks of a team (of everybody, without one) on which days of the week."""

    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="duties"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duties")
    weekdays = models.JSONField(default=list, blank=True)  # 0 is Monday; empty: every day
    active_from = models.DateField()
    last_day = models.DateField(null=True, blank=True)  # on which it still holds

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_does_not_end_before_it_starts",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.team or 'everybody'}"


class CallbackRule(models.Model):
    """Within how many hours somebody is called back, and when the owner is reminded."""

    audience = models.CharField(max_length=10, choices=Audience.choices, unique=True)
    answer_within_hours = models.PositiveSmallIntegerField(default=24)
    remind_before_hours = models.PositiveSmallIntegerField(default=4)
    counts_weekends = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="callback_rule_has_hours", condition=Q(answer_within_hours__gte=1)
            ),
            models.CheckConstraint(
                name="callback_rule_reminds_in_time",
                condition=Q(remind_before_hours__lt=models.F("answer_within_hours")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.answer_within_hours} h"
