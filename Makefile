# Two commands matter: make run, make test. The others are listed by make help.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA ?= var
export PORT ?= 8000
export GDBOS_DATA := $(DATA)
export GDBOS_PORT := $(PORT)

.DEFAULT_GOAL := help
.PHONY: help setup setup-test assets run test check unit bench fault lock openapi clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements/run.txt
	@test -x $(BIN)/python || (echo "making $(VENV)" && $(PYTHON) -m venv $(VENV))
	@echo "installing the libraries of the lock (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python deploy/link.py
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@echo "installing the libraries of the tests (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

setup: $(VENV)/.run ## set up .venv from the lock

setup-test: $(VENV)/.test ## the same with what the tests need

assets: setup ## fetch the editors of processes and decisions (bpmn-js, dmn-js) into an ignored folder
	@$(BIN)/python deploy/assets.py

run: setup ## start everything on http://127.0.0.1:$(PORT) with the standards and starter packs; state in DATA
	@$(BIN)/python deploy/assets.py || true
	@exec $(BIN)/gdbos run --pack deploy/packs/standards --pack deploy/packs/starter

test: setup-test ## every level, on the embedded pair and on private RabbitMQ + PostgreSQL
	@$(BIN)/python tests/run.py all

check: setup-test ## lint, types, import rules, architecture, unit, contract
	@$(BIN)/python tests/run.py check

unit: setup-test ## architecture, unit and contract tests only
	@$(BIN)/python tests/run.py unit

bench: setup-test ## every benchmark, each beside its floor or peer; also var/bench.json
	@$(BIN)/python tests/run.py bench

fault: setup-test ## the long form of the fault injection
	@$(BIN)/python tests/run.py fault

openapi: setup ## write gateway/openapi.yaml anew
	@$(BIN)/python deploy/openapi.py

lock: ## resolve the lock files anew (needs uv)
	@uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements/run.txt
	@uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra test pyproject.toml -o requirements/test.txt
	@uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements/bench.in -o requirements/bench.txt
	@uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements/assets.in -o requirements/assets.txt

clean: ## remove state and caches, keep .venv
	@rm -rf $(DATA) .pytest_cache .mypy_cache .ruff_cache .hypothesis
