"""Make the demo organisation, once, and say how to log in."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from survey.accounts.models import User
from survey.organization.models import Team
from survey.samples.demo_product import REPORT_NAME
from survey.samples.services import build_demo, demo_logins, find_open_links

SHIPPED_SEED = 1
REPORT_FILE = settings.DATA_DIR / REPORT_NAME


class Command(BaseCommand):
    help = "Make the demo organisation in this database, if it is empty, and print the log-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, which decides all that chance decides in the demo."""
        parser.add_argument("--seed", type=int, default=SHIPPED_SEED)

    def handle(self, *args: Any, seed: int, **options: Any) -> None:
        """Bring the tables up to date, build what is missing, print what people need."""
        call_command("migrate", verbosity=0)
        logins = demo_logins()
        if not User.objects.filter(email__in=[login.email for login in logins]).exists():
            self._build(seed)
        if REPORT_FILE.exists():
            self.stdout.write(REPORT_FILE.read_text())
        self._show_links()
        self.stdout.write("\nLog in as:")
        for login in logins:
            line = f"  {login.role:<34} {login.email:<34} {login.password}"
            self.stdout.write(line.rstrip())

    def _show_links(self) -> None:
        links = find_open_links(now=timezone.now())
        shown = [
            ("as an employee", links.employee),
            ("as a colleague", links.colleague),
            ("as a customer", links.customer),
        ]
        lines = [f"  {who:<16} {address}" for who, address in shown if address]
        title = "Open now, to try:" if lines else "Its waves have closed; HR can plan new ones."
        self.stdout.write("\n".join([title, *lines]))

    def _build(self, seed: int) -> None:
        if Team.objects.exists():
            raise CommandError(
                "This database holds an organisation already; nothing was made. "
                "To build the demo anew, delete the folder var/demo and run make demo again."
            )
        with tqdm(disable=None) as progress:
            report = build_demo(seed=seed, now=timezone.now(), progress=progress)
        REPORT_FILE.write_text(f"{report}\n")
