"""What was planted in the demo organisation, for the product to find again, or to say it cannot."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlantedScale:
    """A scale, the planted factor behind its items, and which items are worded against it."""

    code: str
    factor: str
    items: tuple[str, ...]
    is_rating: bool = False
    reversed_items: frozenset[str] = frozenset()


EX_SCALES = (
    PlantedScale(
        "fairness",
        "fairness",
        (
            *("fair_overall_1", "fair_overall_2", "fair_outcome_1", "fair_process_1"),
            *("fair_process_2", "fair_respect_1", "fair_respect_2"),
            *("fair_telling_1", "fair_telling_2"),
        ),
    ),
    PlantedScale(
        "seen",
        "seen",
        ("seen_1", "seen_2", "voice_1", "voice_2", "kindness_1", "kindness_2"),
    ),
    PlantedScale(
        "passion",
        "passion",
        (
            *("domain_1", "domain_2", "domain_3", "questing_1", "questing_2", "questing_3"),
            *("connecting_1", "connecting_2", "connecting_3"),
        ),
        reversed_items=frozenset({"domain_3"}),
    ),
    PlantedScale("recommend_work", "recommend", ("recommend_work",), is_rating=True),
    PlantedScale("parking", "parking", ("parking",)),
)
CX_SCALES = (
    PlantedScale(
        "treatment",
        "treatment",
        (
            *("treated_respected", "treated_seen", "treated_welcomed", "treated_friendly"),
            *("treated_kind", "treated_concern", "treated_extra", "treated_trust"),
        ),
    ),
    PlantedScale("ease", "treatment", ("ease",)),
    PlantedScale("satisfaction", "treatment", ("satisfaction",)),
    PlantedScale("recommend", "treatment", ("recommend",), is_rating=True),
)
LIGHT_SCALES = (  # asked of employees beside the others, never linked
    PlantedScale("survey_trust", "seen", ("survey_trust_1", "survey_trust_2")),
    PlantedScale("customer_view", "treatment", ("customer_view_1", "customer_view_2")),
)
RATING = PlantedScale(
    "internal_service",
    "service",
    ("service_respect", "service_care", "service_timely", "service_further"),
)
FACTORS = ("fairness", "seen", "passion", "recommend", "parking", "treatment")
PLACEBO = "parking"


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted effects, between teams unless said otherwise, all on standardised factors."""

    n_regions: int = 6
    teams_per_region: int = 10
    n_quarters: int = 8
    ex_per_wave: tuple[int, int] = (3, 22)
    cx_per_quarter: tuple[int, int] = (15, 150)
    icc_ex: float = 0.12
    icc_cx: float = 0.05
    icc_ratings: float = 0.25  # of colleagues about a team that serves theirs
    along_a_chain: float = 0.35  # per arrow of the chain that has any effect
    n_rated_quarters: int = 4  # the last ones, in which colleagues were asked
    alpha: float = 0.80
    linked_to_treatment: dict[str, float] = field(
        default_factory=lambda: {
            "fairness": 0.45,
            "seen": 0.40,
            "passion": 0.30,
            "recommend": 0.35,
            PLACEBO: 0.0,
        }
    )
    between_employee_scales: float = 0.55
    region: float = 0.35  # how far each side leans on the region they share
    steady_share: float = 0.7  # of the variance between teams; the rest moves from wave to wave
    carried_over: float = 0.30  # of what moves, into the next quarter
    fairness_to_treatment: float = 0.20  # within a team, one quarter later
    treatment_to_employees: float = 0.10
    rosy_view: float = 0.35  # how much better staff think customers feel, of what answers vary by
    are_teams_sampled: bool = False  # else the correlations hold exactly among the teams there are

    @property
    def n_teams(self) -> int:
        """Return the number of teams."""
        return self.n_regions * self.teams_per_region

    def icc(self, *, factor: str) -> float:
        """Return the share of a score's variance that lies between teams."""
        if factor == RATING.factor:
            return self.icc_ratings
        return self.icc_cx if factor == "treatment" else self.icc_ex

    def correlations(self) -> FloatArray:
        """Return how the factors go together between teams, shape (6, 6)."""
        matrix = np.full((len(FACTORS), len(FACTORS)), self.between_employee_scales)
        for place, factor in enumerate(FACTORS[:-1]):
            matrix[place, -1] = matrix[-1, place] = self.linked_to_treatment[factor]
        placebo = FACTORS.index(PLACEBO)
        matrix[placebo, :] = matrix[:, placebo] = 0.0
        np.fill_diagonal(matrix, 1.0)
        return matrix

    def carry_over(self) -> FloatArray:
        """Return what of each factor's movement (columns) is found next quarter (rows)."""
        matrix = np.eye(len(FACTORS)) * self.carried_over
        matrix[-1, FACTORS.index("fairness")] = self.fairness_to_treatment
        for factor in ("fairness", "seen", "passion", "recommend"):
            matrix[FACTORS.index(factor), -1] = self.treatment_to_employees
        return matrix

    def region_loadings(self) -> FloatArray:
        """Return how far each factor leans on the region; the placebo does not."""
        return np.array([0.0 if factor == PLACEBO else self.region for factor in FACTORS])


SHIPPED_TRUTH = Truth()
