"""Hearthline: employees' and customers' voices, and what links them."""

__version__ = "0.1.0"
