"""Read a letter as its recipient would: is this a person, or a campaign."""

from survey.letters.voice.findings import Finding


def lint_letter(
    *, subject: str, body: str, signer_name: str, reply_to: str, language: str
) -> tuple[Finding, ...]:
    """Return what no person would write to another, in the order in which it stands."""
    return ()
