"""Two team figures over waves: which comes first, and at what distance they go together."""

from survey.statistics.lags.lagged import profile, profiles
from survey.statistics.lags.var import PanelVar, panel_var, panel_vars

__all__ = ["PanelVar", "panel_var", "panel_vars", "profile", "profiles"]
