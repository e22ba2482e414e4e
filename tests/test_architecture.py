"""The rules that import-linter cannot see: foreign keys, sizes, places and leftovers."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

ROOT = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = CONTRACTS[0]["layers"]
RANK = {
    app.strip(): depth for depth, layer in enumerate(reversed(LAYERS)) for app in layer.split("|")
}
FRONT_ENDS = {"answering", "console", "dashboards", "api"}
PAGE_FILES = {"views", "forms", "urls"}
DATA_FILES = {"models", "tasks"}
FOLDERS = ("config", "survey", "templates", "static", "tests", "docs", "benchmarks", ".ci")
TEXTS = {".py", ".md", ".html", ".txt", ".css", ".js", ".yaml", ".yml", ".toml", ".example"}
BARE = {"Makefile", "Dockerfile", "LICENSE", "run", ".dockerignore", ".gitignore"}
TESTED_ELSEWHERE = (
    ("*/migrations/*", "tried by every test, which migrates"),
    ("*/__init__.py", "holds names only"),
    ("*/__main__.py", "one call"),
    ("*/apps.py", "names only"),
    ("*/urls.py", "tried with the views"),
    ("campaigns/models/*", "one test_models.py for all of them"),
    ("samples/services.py", "hands on what other modules do"),
)
LEFTOVER = re.compile("|".join((r"\bTO" + r"DO\b", "FIX" + "ME", r"\bXX" + r"X\b")))
REGISTRIES = re.compile(
    r"|".join(
        name.replace("~", r"\.")
        for name in ("py" + "pi~org", "python" + "hosted~org", "npm" + "js~org", "debian" + "~org")
    )
)


def lines_of(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("\n")


def files_in(folder: str, pattern: str) -> list[Path]:
    return sorted(
        file
        for file in (ROOT / folder).rglob(pattern)
        if file.is_file() and "__pycache__" not in file.parts
    )


def committed_texts() -> Iterator[Path]:
    """Every text file of ours, without what tools leave lying about."""
    top = [file for file in ROOT.iterdir() if file.is_file()]
    for files in (top, *(files_in(folder, "*") for folder in FOLDERS)):
        yield from (file for file in files if file.suffix in TEXTS or file.name in BARE)


def upward_keys(found: list[type[models.Model]]) -> list[str]:
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in found
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if RANK.get(field.related_model._meta.app_label, -1) > RANK[model._meta.app_label]
    ]


class TestForeignKeys:
    def test_point_down_the_layers(self) -> None:
        assert upward_keys(list(apps.get_models())) == []

    @isolate_apps("survey.letters")
    def test_would_be_seen_pointing_up(self) -> None:
        class Astray(models.Model):
            wave = models.ForeignKey(
                apps.get_model("campaigns", "Wave"), on_delete=models.CASCADE, related_name="+"
            )

            class Meta:
                app_label = "letters"

            def __str__(self) -> str:
                return "astray"

        assert upward_keys([Astray]) == ["letters.Astray.wave -> campaigns.Wave"]


class TestSizes:
    LIMITS = (
        ("survey", "*.py", 400),
        ("survey/statistics", "*.py", 300),
        ("config", "*.py", 300),
        ("templates", "*", 250),
        ("static", "*.css", 250),
        ("static", "*.js", 250),
        ("tests", "*.py", 400),
        (".", "README.md", 150),
    )

    @pytest.mark.parametrize(("folder", "pattern", "limit"), LIMITS)
    def test_let_every_file_be_read_in_one_sitting(
        self, folder: str, pattern: str, limit: int
    ) -> None:
        files = [ROOT / pattern] if folder == "." else files_in(folder, pattern)
        own = [file for file in files if "migrations" not in file.parts]

        assert own
        long = {str(file.relative_to(ROOT)): lines_of(file) for file in own}
        assert {name: lines for name, lines in long.items() if lines > limit} == {}

    def test_keep_the_core_small(self) -> None:
        modules = (ROOT / "survey" / "core").rglob("*.py")

        assert sum(lines_of(file) for file in modules) <= 300


class TestPlaces:
    def test_domain_apps_have_no_pages(self) -> None:
        domain = set(RANK) - FRONT_ENDS
        pages = [f"{app}.{name}" for app in domain for name in PAGE_FILES if has(app, name)]

        assert pages == []

    def test_front_ends_have_no_data_and_no_background_work(self) -> None:
        data = [f"{app}.{name}" for app in FRONT_ENDS for name in DATA_FILES if has(app, name)]

        assert data == []
        assert all(has(app, "urls") for app in FRONT_ENDS)

    def test_every_app_has_its_folder_of_tests(self) -> None:
        assert [app for app in RANK if not (ROOT / "tests" / app).is_dir()] == []

    def test_nothing_is_called_utils(self) -> None:
        assert files_in("survey", "utils.py") + files_in("tests", "utils.py") == []

    def test_no_model_decides_its_order_or_how_it_is_saved(self) -> None:
        own = [model for model in apps.get_models() if model.__module__.startswith("survey.")]

        assert [model for model in own if model._meta.ordering] == []
        assert [model for model in own if "save" in vars(model)] == []


def mirror_of(module: Path) -> Path:
    """Return where the tests of a module live, from its path below survey/."""
    return Path("tests") / module.parent / f"test_{module.name}"


def needs_a_mirror(module: Path) -> bool:
    return not any(Path("survey", module).match(pattern) for pattern, _ in TESTED_ELSEWHERE)


class TestMirror:
    def test_gives_every_module_tests_of_its_own(self) -> None:
        modules = [file.relative_to(ROOT / "survey") for file in files_in("survey", "*.py")]
        own = [module for module in modules if needs_a_mirror(module)]

        assert len(own) > 100
        assert [str(module) for module in own if not (ROOT / mirror_of(module)).is_file()] == []

    def test_names_no_exception_that_is_not_there(self) -> None:
        modules = files_in("survey", "*.py")

        for pattern, reason in TESTED_ELSEWHERE:
            assert any(file.relative_to(ROOT).match(pattern) for file in modules), reason

    def test_would_miss_a_module_without_tests(self) -> None:
        nowhere = Path("linkage", "guessing.py")

        assert needs_a_mirror(nowhere)
        assert mirror_of(nowhere) == Path("tests", "linkage", "test_guessing.py")
        assert not (ROOT / mirror_of(nowhere)).exists()

    def test_excuses_nothing_by_a_similar_name(self) -> None:
        assert needs_a_mirror(Path("campaigns", "services", "launching.py"))
        assert not needs_a_mirror(Path("campaigns", "models", "wave.py"))
        assert not needs_a_mirror(Path("samples", "services.py"))


def has(app: str, name: str) -> bool:
    place = ROOT / "survey" / app / name
    return place.with_suffix(".py").exists() or place.is_dir()


class TestLeftovers:
    def test_no_file_says_what_is_still_to_be_done(self) -> None:
        assert lines_with(LEFTOVER) == []

    def test_no_file_names_a_package_registry(self) -> None:
        assert lines_with(REGISTRIES) == []

    def test_would_be_found(self) -> None:
        assert LEFTOVER.search("# TO" + "DO: later")
        assert REGISTRIES.search("https://py" + "pi.org/simple")


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in committed_texts()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
