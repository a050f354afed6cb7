# Two commands matter: `make demo` shows conceptmap at work, `make test` tests all of it.
# Everything is installed into .venv, from locks with hashes; nothing outside this folder changes.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo test test-long test-compose lint unit integration e2e bench lock picture clean

help:  ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*##[ ]*\(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

install: $(VENV)/.installed  ## make the environment in .venv

install-dev: $(VENV)/.installed-dev

$(BIN)/pip:
	@if [ -z "$(PYTHON)" ]; then echo "conceptmap needs Python 3.11 or later: install it, or name it with make PYTHON=…"; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python lacks its venv module: install it (on Debian and Ubuntu: apt install python3-venv) and run make again."; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing (a minute, the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: install  ## start the server, load the shipped sets, open the map (ARGS="--no-open --port 8123")
	@exec $(BIN)/conceptmap demo $(ARGS)

test: install-dev  ## lint, types, import rules, unit, integration on both engines, the stack in Docker, end to end in Chromium
	@$(BIN)/python -m tests.run

test-long: install-dev  ## ten thousand mutated files of each format, and long random runs of loads (ten minutes)
	@$(BIN)/python -m tests.run long

lint: install-dev  ## lint, types and import rules alone
	@$(BIN)/python -m tests.run lint

unit: install-dev  ## unit tests alone
	@$(BIN)/python -m tests.run unit

integration: install-dev  ## integration tests alone, on ArcadeDB and on Neo4j
	@$(BIN)/python -m tests.run integration

e2e: install-dev  ## end-to-end tests alone, in Chromium
	@$(BIN)/python -m tests.run e2e

test-compose: install-dev  ## the stack of docker-compose.yml alone, in Docker
	@$(BIN)/python -m tests.run compose

bench: install-dev  ## measure loading, the explorer and queries (both engines), starting and suggesting (ARGS="--runs 3 --million" are for the first two)
	@$(BIN)/python -m bench.load $(ARGS)
	@$(BIN)/python -m bench.explorer $(ARGS)
	@$(BIN)/python -m bench.query
	@$(BIN)/python -m bench.start
	@$(BIN)/python -m bench.suggest

picture: install-dev  ## make the pictures of the README and the guide anew
	@$(BIN)/python -m docs.pictures

lock:  ## resolve the locks anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --group build --group dev --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --no-emit-package arcadedb-embedded --no-emit-package jpype1 -c requirements.lock pyproject.toml -o requirements-image.lock

clean:  ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build
