# Loanwright. `make demo` and `make test` need Python 3.11 or later with venv, and nothing else.

.DEFAULT_GOAL := help
.PHONY: help demo test proof check schemas format lock clean
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
# The first of these that is new enough; PYTHON=... chooses another.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in $(PYTHONS); do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
# An environment whose Python is gone is made anew.
$(shell test -x $(BIN)/python || rm -f $(VENV)/.installed $(VENV)/.installed-dev)
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check --no-compile

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | sed 's/\$$\$$/$$/'

demo: $(VENV)/.installed  ## serve a living demo book on 127.0.0.1:$${PORT:-8000}
	@exec $(BIN)/loanwright demo

# A few long tests are not kept for the end; rules about the checkout itself are in make check.
test: $(VENV)/.installed-dev  ## run the tests on a real PostgreSQL
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --ignore tests/house

proof: $(VENV)/.installed-dev  ## run the long proofs
	@$(BIN)/python -m pytest -m proof -n $(WORKERS) --dist loadfile --no-loadscope-reorder || test $$? = 5  # 5: there are none

check: $(VENV)/.installed-dev  ## formatting, lint, types, import contracts, schemas, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/loanwright schemas --check
	$(BIN)/python -m pytest tests/house -n $(WORKERS)

schemas: $(VENV)/.installed  ## write schemas/ from the engine's types
	@exec $(BIN)/loanwright schemas

format: $(VENV)/.installed-dev  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q

lock: $(VENV)/.installed-dev  ## resolve the dependencies again (UPGRADE=--upgrade for newer ones)
	$(PIP) uv
	$(COMPILE) $(UPGRADE) --extra build -o requirements.lock
	$(COMPILE) $(UPGRADE) --extra build --extra dev --extra bench -c requirements.lock -o requirements-dev.lock

clean:  ## remove the environment and caches; the demo's data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
	  echo "Loanwright needs Python 3.11 or later with its venv module. Found: $$(python3 -V 2>&1)."; \
	  echo "Install one (Debian: apt-get install python3 python3-venv), or: make PYTHON=/path/to/python"; \
	  exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { \
	  echo "$(PYTHON) will not do: Loanwright needs Python 3.11 or later with its venv module."; \
	  exit 1; }
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Loanwright needs into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what its tests need ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
