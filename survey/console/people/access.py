"""Who may see people by name: the people team, and nobody else."""

from survey.accounts.models import Role
from survey.accounts.permissions import require_roles

hr_only = require_roles(Role.HR)
