"""Asking to be called or written to, beside answering and never joined to it."""
