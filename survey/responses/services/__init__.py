"""Take answers in, seal them, and clear what must not stay."""

from survey.responses.services.cells import seal_cells
from survey.responses.services.clearing import clear_withdrawn_waves
from survey.responses.services.importing import (
    NotImportableError,
    UnknownGroupError,
    import_responses,
)
from survey.responses.services.open_submitting import NonceUsedError, submit_open_response
from survey.responses.services.sealing import seal_due_waves, seal_wave
from survey.responses.services.submitting import (
    AnswersRefusedError,
    CredentialSpentError,
    seal_answers,
    submit_answers,
    submit_response,
)
from survey.responses.spending import HeldError

__all__ = [
    "AnswersRefusedError",
    "CredentialSpentError",
    "HeldError",
    "NonceUsedError",
    "NotImportableError",
    "UnknownGroupError",
    "clear_withdrawn_waves",
    "import_responses",
    "seal_answers",
    "seal_cells",
    "seal_due_waves",
    "seal_wave",
    "submit_answers",
    "submit_open_response",
    "submit_response",
]
