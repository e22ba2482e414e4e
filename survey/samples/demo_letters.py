"""The letters of the demo organisation, each in the name of one of its people."""

from survey.letters.models import Letter
from survey.letters.services import create_letter
from survey.samples.organisation import DOMAIN


def write_staff_letter() -> Letter:
    """Write what the people of the organisation are asked with."""
    return _write(
        "How are you treated here?",
        "I read the results of every team with the people who lead it, and in three weeks I "
        "will tell you what we heard and what we will do about it, or why not.",
        "Alice Marsh",
        "People team",
    )


def write_colleagues_letter() -> Letter:
    """Write what people are asked with about the teams that serve theirs."""
    return _write(
        "How are you served by other teams?",
        "What customers feel begins between us: one team serves another, and the last of them "
        "serves the customer. Please tell how the teams that serve yours treat you. They hear "
        "it from all of you together, never who said what.",
        "Alice Marsh",
        "People team",
    )


def write_customer_letter() -> Letter:
    """Write what customers are asked with after a contact."""
    return _write(
        "How did we treat you?",
        "You were with us the other day. Would you tell us how it was? The team that "
        "served you hears what customers say together, never who said what.",
        "Carmen Costa",
        "Customer experience",
    )


def _write(subject: str, body: str, name: str, role: str) -> Letter:
    address = f"{name.split()[0].lower()}@{DOMAIN}"
    return create_letter(
        subject=subject, body=body, signer_name=name, signer_role=role, reply_to=address
    )
