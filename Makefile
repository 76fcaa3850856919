# The commands of the project; `make help` lists them. Needs Python 3.11 with pip, make and a C compiler.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
# Where an image forbids Python to keep what it compiled, each of our processes would compile Django, or Rasa, anew:
# two thirds of the time of its start.
unexport PYTHONDONTWRITEBYTECODE
CMS := .venv/bin/python
ASSISTANT := assistant/.venv/bin/python

# uv makes both environments. Where the machine has none it is installed beside them, from the package index.
UV_VERSION := 0.13.8
UV := $(or $(shell command -v uv),$(CURDIR)/var/tools/bin/uv)
# Neither an active virtual environment nor a download of another interpreter may come in between.
UV_SYNC := env -u VIRTUAL_ENV -u UV_PROJECT_ENVIRONMENT UV_PYTHON_DOWNLOADS=never $(UV) sync --frozen --quiet --python 3.11
# When an environment was last made from its lock.
CMS_READY := .venv/.ready
ASSISTANT_READY := assistant/.venv/.ready
READY := $(CMS_READY) $(ASSISTANT_READY)

.PHONY: help
help: ## these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- environments -------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(READY) ## make both environments from their locks

$(CURDIR)/var/tools/bin/uv:
	@echo "Installing uv $(UV_VERSION) into var/tools"
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade --target var/tools "uv==$(UV_VERSION)"

$(CMS_READY): pyproject.toml uv.lock lenguas/pyproject.toml | $(UV)
	@echo "Environment of portal and content service (.venv)"
	@$(UV_SYNC)
	@touch $@

$(ASSISTANT_READY): assistant/pyproject.toml assistant/uv.lock lenguas/pyproject.toml | $(UV)
	@echo "Environment of the assistant (assistant/.venv)"
	@$(UV_SYNC) --directory assistant
	@touch $@

# --- the system ---------------------------------------------------------------------------------------------

.PHONY: run up down status prepare train
run: $(READY) ## everything in the foreground, from a fresh clone to a working system
	@$(CMS) -m stack run

up: $(READY) ## the same in the background; returns once every part is up
	@$(CMS) -m stack up

down: $(CMS_READY) ## stop what `make up` started
	@$(CMS) -m stack down

status: $(CMS_READY) ## which processes and parts are up
	@$(CMS) -m stack status

prepare: $(READY) ## database, content, search index and trained assistant, without starting anything
	@$(CMS) -m stack prepare

train: $(READY) ## train the assistant when something it learns from has changed; a worse model does not go live
	@# What editors accepted, where there is a system that was prepared once.
	@[ ! -e "$${MAC_DATA_DIR:-var}/secret-key" ] || $(CMS) -m cms.manage export_examples
	@$(ASSISTANT) -m assistant.launch train

# --- tests and figures --------------------------------------------------------------------------------------

.PHONY: test eval bench
test: $(READY) ## all tests; says which parts could not run here
	@$(CMS) -m stack.suite

eval: $(READY) ## the assistant's understanding on held-out questions: build/eval.json
	@mkdir -p build
	@$(CMS) -m tests.evaluation --output build/eval.json

bench: $(READY) ## speed and memory beside a named peer: build/bench.json
	@mkdir -p build
	@$(CMS) -m tests.bench --output build/bench.json

# --- the guide ----------------------------------------------------------------------------------------------

.PHONY: guide
guide: $(READY) ## take the pictures of the guides anew: docs/guia-editores, docs/guia-agentes
	@$(CMS) -m tests.functional.editing.pictures
	@$(CMS) -m tests.functional.desk.pictures

# --- the code itself ----------------------------------------------------------------------------------------

CHECKS := check-format check-lint check-types check-assistant-types check-migrations check-translations \
	check-imports check-templates check-compose check-locks
PYTHON_PATHS := .
TEMPLATE_PATHS := $(wildcard cms/*/templates)
# A check reads settings as the tests do: no folder, no secret and no server of a running system.
CHECK_ENV := DJANGO_SETTINGS_MODULE=cms.config.settings.test MAC_PROFILE=embedded MAC_DATA_DIR=build/check

.PHONY: check $(CHECKS) fix
check: $(READY) ## formatting, lint, types, migrations, translations, import rules, compose file, locks
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)
	@echo "All checks passed."

check-format:
	@echo "Formatting"
	@.venv/bin/ruff format --check --quiet $(PYTHON_PATHS)

check-lint:
	@echo "Lint"
	@.venv/bin/ruff check --quiet $(PYTHON_PATHS)

check-types:
	@echo "Types"
	@$(CHECK_ENV) .venv/bin/mypy --no-error-summary

check-assistant-types:
	@echo "Types of the assistant"
	@.venv/bin/mypy --config-file stack/mypy-assistant.ini --python-executable $(ASSISTANT) --no-error-summary

check-migrations:
	@echo "Migrations"
	@$(CHECK_ENV) $(CMS) -m cms.manage makemigrations --check --dry-run --verbosity 1

check-translations:
	@echo "Translations"
	@$(CHECK_ENV) $(CMS) -m cms.manage check_catalogues

check-imports:
	@echo "Direction of imports"
	@.venv/bin/lint-imports --config .importlinter --no-cache --no-logo

check-templates:
	@echo "Templates"
	@.venv/bin/djhtml --check --tabwidth 2 $(TEMPLATE_PATHS)
	@.venv/bin/djlint --configuration djlint.toml --quiet --lint $(TEMPLATE_PATHS)

check-compose:
	@echo "Compose file"
	@.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

check-locks: | $(UV)
	@echo "Locks"
	@env -u VIRTUAL_ENV $(UV) lock --check --quiet
	@env -u VIRTUAL_ENV $(UV) lock --check --quiet --directory assistant

fix: $(CMS_READY) ## repair formatting and what lint can repair
	@.venv/bin/ruff check --fix --quiet $(PYTHON_PATHS) || true
	@.venv/bin/ruff format --quiet $(PYTHON_PATHS)
	@.venv/bin/djhtml --tabwidth 2 $(TEMPLATE_PATHS) 2>/dev/null || true
