"""What commands call: the demo organisation, its log-ins, and the import of counts."""

from survey.samples.count_import import import_counts
from survey.samples.demo import build_demo
from survey.samples.logins import demo_logins
from survey.samples.running import find_open_links

__all__ = ["build_demo", "demo_logins", "find_open_links", "import_counts"]
