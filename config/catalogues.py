"""The interface's languages: find what is to be translated, keep the catalogues, compile them.

python -m config.catalogues update | compile
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "survey" / "locale"
LANGUAGES = ("es", "de", "ar")  # English is what stands in the source
PYTHON = ("survey", "config")
TEMPLATES = ("templates",)
PYTHON_SIGNS, TEMPLATE_SIGNS = ("_(", "gettext"), ("_(", "trans")
KEYWORDS = dict(DEFAULT_KEYWORDS) | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def find_messages(root: Path = ROOT) -> Catalog:
    """Return all that is marked for translation in the code and the templates."""
    catalogue = Catalog(project="Hearthline", fuzzy=False)
    for path, source in _sources(root):
        for line, message, comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, comment_tags=("Translators:",)
        ):
            place = [(path.relative_to(root).as_posix(), line)]
            catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return catalogue


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file that marks a sentence, templates written as if they were Python."""
    for folder in PYTHON:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            if _has(PYTHON_SIGNS, source := path.read_text()):
                yield path, source
    for folder in TEMPLATES:
        for path in sorted((root / folder).rglob("*.*")):
            if _has(TEMPLATE_SIGNS, source := path.read_text()):
                yield path, templatize(source, origin=str(path))


def _has(signs: Iterable[str], source: str) -> bool:
    """Say whether anything in a file can be marked: reading one word by word is slow."""
    return any(sign in source for sign in signs)


def path_of(language: str, folder: Path = LOCALE) -> Path:
    """Return where the catalogue of a language is kept."""
    return folder / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str, folder: Path = LOCALE) -> Catalog:
    """Return the kept catalogue of a language, empty where there is none yet."""
    path = path_of(language, folder)
    if not path.exists():
        return Catalog(locale=language, project="Hearthline", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update_catalogues(folder: Path = LOCALE, languages: Iterable[str] = LANGUAGES) -> None:
    """Bring the catalogues to what the source says; nothing is guessed for new sentences."""
    found = find_messages()
    for language in languages:
        catalogue = read_catalogue(language, folder)
        catalogue.update(
            found, no_fuzzy_matching=True, keep_user_comments=False, update_creation_date=False
        )
        catalogue.obsolete.clear()
        written = BytesIO()
        write_po(
            written, catalogue, width=0, sort_output=True, omit_header=False, include_lineno=False
        )
        path_of(language, folder).parent.mkdir(parents=True, exist_ok=True)
        path_of(language, folder).write_bytes(written.getvalue())


def compile_catalogues(folder: Path = LOCALE, languages: Iterable[str] = LANGUAGES) -> None:
    """Write what Django reads, where it is older than its catalogue."""
    for language in languages:
        path = path_of(language, folder)
        compiled = path.with_suffix(".mo")
        if path.exists() and _is_older(compiled, path):
            with NamedTemporaryFile(dir=path.parent, delete=False) as file:
                write_mo(file, read_catalogue(language, folder))
            Path(file.name).chmod(0o644)
            Path(file.name).replace(compiled)


def _is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    commands = {"update": update_catalogues, "compile": compile_catalogues}
    wanted = commands.get(" ".join(sys.argv[1:]))
    if wanted is None:
        sys.exit(__doc__)
    wanted()
