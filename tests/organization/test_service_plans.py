"""What a file of who serves whom changes, whatever stood there before."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.organization.files import FileError
from survey.organization.service_lines import ServiceLine
from survey.organization.service_plans import KnownService, plan_services
from survey.organization.tree import KnownTeam

TODAY = date(2026, 3, 2)
TEAMS = {code: KnownTeam(code, code.upper(), "") for code in "abcd"}
DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
CODES = st.sampled_from("abcd")
LINES = st.lists(
    st.builds(
        ServiceLine,
        line=st.just(2),
        provider=CODES,
        consumer=CODES,
        chain=st.sampled_from([None, "", "Bread"]),
        active_from=st.none() | DAYS,
        active_to=st.none() | DAYS,
    ),
    max_size=6,
)


class TestPlanServices:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(LINES, max_size=4), st.booleans())
    def test_never_lets_an_arrow_overlap_however_many_files_come(
        self, files: list[list[ServiceLine]], ends_missing: bool
    ) -> None:
        services: list[KnownService] = []
        for lines in files:
            try:
                services = carry_out(services, lines, ends_missing=ends_missing)
            except FileError:
                continue
            again = plan_services(
                lines, teams=TEAMS, services=services, today=TODAY, ends_missing=ends_missing
            )
            assert again.difference.n_changes == 0
        for one in services:
            assert one.active_to is None or one.active_from < one.active_to
            assert one.ends[0] != one.ends[1]
            assert not any(overlap(one, other) for other in services if other is not one)


def carry_out(
    services: list[KnownService], lines: list[ServiceLine], *, ends_missing: bool
) -> list[KnownService]:
    """Do in memory what a plan says."""
    plan = plan_services(
        lines, teams=TEAMS, services=services, today=TODAY, ends_missing=ends_missing
    )
    kept = [
        KnownService(
            one.pk,
            one.ends,
            plan.chains.get(one.pk, one.chain),
            one.active_from,
            plan.ends.get(one.pk, one.active_to),
        )
        for one in services
        if one.pk not in plan.dropped
    ]
    first = max((one.pk for one in services), default=0) + 1
    for pk, period in enumerate(plan.new, start=first):
        assert period.line is not None
        ends = period.line.provider, period.line.consumer
        chain = period.line.chain or ""
        kept.append(KnownService(pk, ends, chain, period.active_from, period.active_to))
    return kept


def overlap(one: KnownService, other: KnownService) -> bool:
    return (
        one.ends == other.ends
        and (one.active_to is None or one.active_to > other.active_from)
        and (other.active_to is None or other.active_to > one.active_from)
    )
