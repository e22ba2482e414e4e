"""The human-voice linter: refuses what marketers write, in every language of the interface."""

from survey.letters.voice.findings import Finding, Place
from survey.letters.voice.linting import lint_letter

__all__ = ["Finding", "Place", "lint_letter"]
