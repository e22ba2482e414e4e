# Two commands to know: make demo and make test. Nothing is needed but Python >= 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
WORKERS ?= 2
TESTS ?= tests
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check format-check audit run worker lock soak mutants messages languages

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: .venv/installed languages ## Serve a made-up organisation; Ctrl-C stops everything
	@$(BIN)/python -m survey.samples

test: .venv/installed-dev ## Run the suite, on a PostgreSQL and a Redis of its own
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(TESTS)

soak: .venv/installed-dev ## Run the long versions of the tests too
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --soak --timeout=7200 --hypothesis-profile=soak $(TESTS)

mutants: .venv/installed-dev ## Plant 400 mistakes in survey/statistics and see whether its tests notice; ALL=1 all
	env OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.mutation --processes $(WORKERS) $(if $(ALL),--all)

check: format-check ## Check style, order of apps, types, deployment, migrations, tests, known holes
	$(BIN)/lint-imports
	env DEBUG=1 DATA_DIR=var/check $(BIN)/mypy
	env SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	    BASE_URL=https://hearthline.example.org ALLOWED_HOSTS=hearthline.example.org \
	    DATA_DIR=var/check $(MANAGE) check --deploy --fail-level WARNING --database default
	env DEBUG=1 DATA_DIR=var/check $(MANAGE) makemigrations --check --dry-run
	$(MAKE) test
	$(MAKE) audit

format-check: .venv/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

audit: .venv/installed-dev ## Look for known holes in the dependencies, where the list can be reached
	@mkdir -p var
	@$(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off \
	    -r requirements.txt > var/audit.txt 2>&1 || true
	@if grep -q '^Found' var/audit.txt; then cat var/audit.txt; exit 1; fi
	@if grep -q '^No known' var/audit.txt && ! grep -q 'could not be audited' var/audit.txt; \
	    then echo "pip-audit: no known holes"; \
	    else echo "pip-audit: the list of known holes cannot be reached from here"; fi

run: .venv/installed-dev languages ## Start the development server
	DEBUG=1 $(MANAGE) migrate --verbosity 0
	DEBUG=1 $(MANAGE) runserver

worker: .venv/installed-dev languages ## Start a development worker with the timetable
	DEBUG=1 $(BIN)/celery -A config worker --beat --concurrency 1 --loglevel INFO

messages: .venv/installed-dev ## Bring the catalogues of the interface's languages to what the source says
	env DEBUG=1 DATA_DIR=var/check $(BIN)/python -m config.catalogues update

languages: .venv/installed
	@env DEBUG=1 DATA_DIR=var/check $(BIN)/python -m config.catalogues compile

lock: .venv/installed-dev ## Write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --quiet pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --quiet pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hearthline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what Hearthline needs into .venv; the first time this takes a minute or two."
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need into .venv; the first time this takes a minute or two."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@ .venv/installed
