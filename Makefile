# One front door: every task of the project is a target here. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
ENV := .venv/.ready
BENCH_ENV := .venv/.bench-ready
TIMES_ENV := .venv/.times-ready
COMPILE := $(UV) pip compile -q --universal --generate-hashes --no-header --python-version 3.11

# Some hundred processes run in the tests: what Python compiled is kept for the next one, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help chat test test-long test-times e2e-teams check fix bench docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV): requirements-build.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $(UV)

$(ENV): $(UV) pyproject.toml requirements.lock requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock -r requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(ENV)

$(BENCH_ENV): $(ENV) requirements-bench.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@touch $(BENCH_ENV)

$(TIMES_ENV): $(ENV) requirements-times.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-times.lock
	@touch $(TIMES_ENV)

chat: $(ENV) ## have the talk, here in the terminal
	@$(BIN)/lateral chat

test: $(ENV) ## run the tests
	@$(BIN)/pytest -n 2 $(ARGS)

test-long: $(ENV) ## kill and simulate for minutes what the tests do for seconds, and look for new examples
	@$(BIN)/pytest -n 2 --long tests/adapters/notes tests/bot/test_a_year.py $(ARGS)
	@$(BIN)/pytest -n 2 --long -m hypothesis $(ARGS)

test-times: $(TIMES_ENV) ## run the tests at a midnight, a leap day and other moments (needs a C compiler)
	@$(BIN)/python -m tests.at_moments $(ARGS)

e2e-teams: $(ENV) ## talk through Microsoft's Agents Playground in a browser (fetched by npm into .e2e/)
	@$(BIN)/python tests/e2e/teams/run.py
	@$(BIN)/python -m docs.draw_teams

check: $(ENV) ## all that CI runs: format, lint, types, import contracts, content, docs, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lateral check
	@$(MAKE) --no-print-directory docs
	@$(MAKE) --no-print-directory test

fix: $(ENV) ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(ENV) ## check that the drawn pictures and the documents are in step with the code
	@$(BIN)/python -m docs.in_step

bench: $(BENCH_ENV) ## measure: a table with ratios from one interleaved run
	@$(BIN)/python -m benchmarks

lock: $(UV) ## resolve the dependencies again and write the lock files
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --upgrade --group bench -c requirements.lock -o requirements-bench.lock
	$(COMPILE) --upgrade --group times -c requirements.lock -o requirements-times.lock
	$(COMPILE) --upgrade --group build -o requirements-build.lock

clean: ## remove the environment and what tools left behind
	rm -rf .venv .e2e .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
