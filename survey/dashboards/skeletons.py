"""The sentences of survey.statistics and survey.linkage that are stored, as they are translated.

The places named ex, cx, one, other, label and labels hold what scales are called; n is the number
that a sentence is counted by. The first that fits wins, so the more particular ones come first.
"""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

VERDICTS = (
    _(
        "This is a link between team averages. It does not show that one causes the other, "
        "nor that it holds for each person."
    ),
    _(
        "No team can be compared on %(ex)s and %(cx)s; at least %(fewest)s are needed to say "
        "anything about a link."
    ),
    _("The team scores on %(ex)s and %(cx)s do not differ in a way that could be compared."),
    _(
        "On %(ex)s and %(cx)s taken together, people in the same team answer as differently as "
        "people in different teams, so a link between team scores cannot be measured."
    ),
    _(
        "On %(ex)s and %(cx)s, people in the same team answer as differently as people in "
        "different teams, so a link between team scores cannot be measured."
    ),
    _(
        "On %(label)s, people in the same team answer as differently as people in different "
        "teams, so a link between team scores cannot be measured."
    ),
    _(
        "There is no link that would matter between %(ex)s and %(cx)s: whatever there is lies "
        "between %(low)s and %(high)s."
    ),
    _(
        "A link between %(ex)s and %(cx)s shows, but it hangs on one team: without that team it "
        "may be gone."
    ),
    _("Where staff score higher on %(ex)s, customers tend to score higher on %(cx)s."),
    _("Where staff score higher on %(ex)s, customers tend to score lower on %(cx)s."),
    _(
        "Of any two teams, the one that is higher on %(ex)s is also the higher one on %(cx)s about "
        "%(times)s times in 100; chance alone would give 50."
    ),
    _(
        "Of any two teams, the one that is higher on %(ex)s is also the lower one on %(cx)s about "
        "%(times)s times in 100; chance alone would give 50."
    ),
)
CAVEATS = (
    _("Trust in the survey is low, so some answers may be guarded."),
    _("Team scores on %(label)s tell teams apart only roughly."),
    _("Whether people in the same team answer alike is not known from counts."),
    _(
        "How reliable the team scores are is not known, so nobody can say how strong a link could "
        "look at most."
    ),
    _(
        "Taken alone this interval leaves out 0. But several pairs were tested together, and of "
        "many pairs some look strong by chance (q %(q)s)."
    ),
    _(
        "Team scores are never exact: even a perfect link would look no stronger than about "
        "%(ceiling)s here."
    ),
    _(
        "By rank the correlation is %(rank)s: the link is not a straight line, or a few unusual "
        "teams weigh heavily."
    ),
    _("With %(held)s held steady, the correlation is %(r)s."),
    _("team size"),
    _("region"),
    _("the way customers were asked"),
)
ORDERS = (
    _(
        "What comes first need not be the reason for what follows: something else may come before "
        "both."
    ),
    _("Inside teams, %(ex)s and %(cx)s do not change in a way that could show which comes first."),
    _(
        "Inside teams, higher scores on %(one)s came before higher scores on %(other)s in the next "
        "wave, and higher scores on %(other_again)s came before higher scores on %(one_again)s "
        "likewise."
    ),
    _(
        "Inside teams, higher scores on %(one)s came before higher scores on %(other)s in the next "
        "wave, and higher scores on %(other_again)s came before lower scores on %(one_again)s "
        "likewise."
    ),
    _(
        "Inside teams, higher scores on %(one)s came before lower scores on %(other)s in the next "
        "wave, and higher scores on %(other_again)s came before higher scores on %(one_again)s "
        "likewise."
    ),
    _(
        "Inside teams, higher scores on %(one)s came before lower scores on %(other)s in the next "
        "wave, and higher scores on %(other_again)s came before lower scores on %(one_again)s "
        "likewise."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before higher scores on "
        "%(other)s in the next wave, and higher scores on %(other_again)s came before higher "
        "scores on %(one_again)s likewise."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before higher scores on "
        "%(other)s in the next wave, and higher scores on %(other_again)s came before lower scores "
        "on %(one_again)s likewise."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before lower scores on "
        "%(other)s in the next wave, and higher scores on %(other_again)s came before higher "
        "scores on %(one_again)s likewise."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before lower scores on "
        "%(other)s in the next wave, and higher scores on %(other_again)s came before lower scores "
        "on %(one_again)s likewise."
    ),
    _(
        "Inside teams, higher scores on %(one)s came before higher scores on %(other)s in the next "
        "wave."
    ),
    _(
        "Inside teams, higher scores on %(one)s came before lower scores on %(other)s in the next "
        "wave."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before higher scores on "
        "%(other)s in the next wave."
    ),
    _(
        "An early hint: inside teams, higher scores on %(one)s came before lower scores on "
        "%(other)s in the next wave."
    ),
    _("The reverse does not show, and the two directions differ by more than chance."),
    _("Whether the reverse holds too cannot be told."),
    _("From these %(teams)s with %(waves)s we cannot tell which came first, %(ex)s or %(cx)s."),
    _("Only the next wave was looked at; what takes longer does not show here."),
    _(
        "Taken alone, %(one)s before %(other)s would show. But several orders were tested "
        "together, and of many some look clear by chance (q %(q)s)."
    ),
    _(
        "Silence is not absence: the ups and downs of one team are noisy, so an order may be there "
        "and not show."
    ),
)
REASONS = (
    _("fewer than three teams"),
    _("fewer than five teams"),
    _("one of the figures is the same in every team"),
    _("an interval and a p-value need four teams"),
    _("an interval needs five teams"),
    _("needs at least %(needed)s teams"),
    _("there are no covariates"),
    _("the covariates explain one of the figures completely"),
    _("needs three people who differ on both scores"),
    _("needs two periods"),
    _("needs eight teams and three waves, with scores that change on both sides"),
    _("the same in all of these teams"),
    _("the teams or two of the themes have the same scores"),
    _("needs ten teams per predictor, and predictors that differ"),
    _("no team shows a staff theme"),
    _("needs %(needed)s teams, %(each)s for each staff theme; has %(there)s"),
    _("too few groups are shown"),
    _("not known from counts"),
    _("needs two teams with scores, one of them with two people who differ"),
    _("people in the same team answer exactly alike, so F has no bound"),
    _("the team means do not differ at all"),
    _(
        "needs 20 pairs of teams that serve and are served, with at least 8 teams on either side "
        "and 8 teams with customers"
    ),
    _("too few teams differ to draw them again"),
    _(
        "No survey of staff has followed yet, so how the served feel is of the same time as their "
        "rating."
    ),
)
GATES = (
    _(
        "People inside the same team answer this as differently as people in different teams; a "
        "team score would be noise."
    ),
    _("Half of the teams' scores have a reliability of %(reliability)s or less."),
    _("How far people in the same team agree is not known."),
    _("In half of the teams people agree with each other only to %(agreed)s."),
)
CHIPS = (
    _("too few teams"),
    _("too few teams can be told apart"),
    _("too few waves"),
    _("clear"),
    _("unclear"),
    _("some"),
    _("firm"),
)
SENTENCES = (*VERDICTS, *CAVEATS, *ORDERS, *REASONS, *GATES, *CHIPS)

COUNTED: tuple[Callable[[int], str], ...] = (
    lambda n: ngettext(
        "Only %(n)s team can be compared on %(ex)s and %(cx)s; at least %(fewest)s are needed to "
        "say anything about a link.",
        "Only %(n)s teams can be compared on %(ex)s and %(cx)s; at least %(fewest)s are needed to "
        "say anything about a link.",
        n,
    ),
    lambda n: ngettext(
        "Over %(n)s team the correlation between %(ex)s and %(cx)s is %(r)s: too few teams to "
        "tell.",
        "Over %(n)s teams the correlation between %(ex)s and %(cx)s is %(r)s: too few teams to "
        "tell.",
        n,
    ),
    lambda n: ngettext(
        "From this %(n)s team we cannot tell whether %(ex)s and %(cx)s go together.",
        "From these %(n)s teams we cannot tell whether %(ex)s and %(cx)s go together.",
        n,
    ),
    lambda n: ngettext(
        "%(n)s group is not drawn: too few people or customers answered there.",
        "%(n)s groups are not drawn: too few people or customers answered there.",
        n,
    ),
    lambda n: ngettext(
        "With %(n)s team only a link stronger than about %(least)s would reliably show; most "
        "published links are .15 to .35. Silence is not absence.",
        "With %(n)s teams only a link stronger than about %(least)s would reliably show; most "
        "published links are .15 to .35. Silence is not absence.",
        n,
    ),
    lambda n: ngettext(
        "To see whether %(ex)s or %(cx)s comes first, at least %(fewest_teams)s teams with "
        "%(fewest_waves)s waves are needed; so far there is %(n)s team with %(waves)s.",
        "To see whether %(ex)s or %(cx)s comes first, at least %(fewest_teams)s teams with "
        "%(fewest_waves)s waves are needed; so far there are %(n)s teams with %(waves)s.",
        n,
    ),
    lambda n: ngettext(
        "%(n)s wave is few: with %(enough)s or more this may turn out otherwise.",
        "%(n)s waves are few: with %(enough)s or more this may turn out otherwise.",
        n,
    ),
    lambda n: ngettext(
        "%(n)s team that misses a wave is left out.",
        "%(n)s teams that miss a wave are left out.",
        n,
    ),
    lambda n: ngettext("fewer than %(n)s team", "fewer than %(n)s teams", n),
    lambda n: ngettext(
        "drawing teams again needs %(n)s team", "drawing teams again needs %(n)s teams", n
    ),
    lambda n: ngettext("%(n)s team", "%(n)s teams", n),
    lambda n: ngettext("%(n)s wave", "%(n)s waves", n),
)
