# Every command of the project. `make` alone lists them.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 3000
REASON ?=
REQUESTS ?= 1000000
# Only from the command line: every shell has a USER of its own.
PACK_USER := $(if $(filter command,$(origin USER)),$(USER))
# With their folders, which are younger when a file was removed or renamed.
DBT_FILES := dbt_project.yml profiles.yml $(shell find models macros seeds tests/generic tests/incidents tests/requests analyses)
MANIFEST := target/manifest.json
export DO_NOT_TRACK := 1
# Without compiled bytecode each dbt or Dagster process starts seconds later.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
.PHONY: help test-thorough setup browser examples simulate month draft pack status commentary test lint lint-python lint-sql ui docs audit bench demo-failure clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.ready  ## Install everything into .venv, by the pins of constraints.txt

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -e '.[dev]' -c constraints.txt
	touch $@

$(MANIFEST): $(VENV)/.ready $(DBT_FILES)
	$(BIN)/pmr parse
	@touch $@

examples: setup  ## Put the bundled extracts into the landing folder, if it has none
	$(BIN)/pmr examples

month: $(MANIFEST) examples  ## MONTH=2020-09: a month from its extracts to the final issue
	$(BIN)/pmr month "$(MONTH)" --reason "$(REASON)"

draft: $(MANIFEST) examples  ## MONTH=2020-09: a draft of the month as it stands
	$(BIN)/pmr draft "$(MONTH)" --reason "$(REASON)"

pack: setup  ## MONTH=2020-09 USER=<id>: one User's own figures beside those of all
	$(BIN)/pmr pack "$(MONTH)" "$(PACK_USER)"

status: setup  ## MONTH=2020-09: what stands between today and the final, and on which Working Day
	$(BIN)/pmr status "$(MONTH)" || [ $$? -eq 1 ]

commentary: setup  ## MONTH=2020-09: a file with the commentary that is wanted, to fill in
	$(BIN)/pmr commentary "$(MONTH)"

simulate: setup  ## MONTH=2020-10 REQUESTS=1000000: the extracts of a month of simulated traffic
	$(BIN)/pmr simulate "$(MONTH)" --requests $(REQUESTS)

audit: setup  ## MONTH=2020-09: what does not hold in the report that was published
	$(BIN)/pmr audit "$(MONTH)"

demo-failure: $(MANIFEST)  ## A bad extract, and the gate that refuses it
	$(BIN)/pmr demo-failure

ui: $(MANIFEST) examples  ## Dagster's UI, ready to click, on PORT (3000)
	DAGSTER_HOME="$$($(BIN)/pmr dagster-home)" $(BIN)/dagster dev -w workspace.yaml -h 127.0.0.1 -p $(PORT)

docs: $(MANIFEST)  ## dbt's documentation as one static page
	$(BIN)/dbt --quiet docs generate --static
	@echo "target/static_index.html"

browser:  ## Debian's Chromium, which the tests of pages drive
	@command -v chromium >/dev/null || { \
	    command -v apt-get >/dev/null && $(SUDO) apt-get -qq update && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	        apt-get -qq install -y --no-install-recommends chromium >/dev/null; \
	} || { echo "The tests of pages drive Chromium. Install it as the command chromium." >&2; exit 1; }

test: $(MANIFEST) lint browser  ## Everything that must hold: lint, dbt's unit tests, pytest
	$(BIN)/pytest -n 2 --dist worksteal

test-thorough: $(MANIFEST) browser  ## What takes long: broken rules, many random months, the UI by click
	$(BIN)/pytest -n 2 --dist worksteal -m thorough

lint: $(MANIFEST)  ## ruff, mypy, sqlfluff
	$(MAKE) --no-print-directory -j 2 --output-sync=target lint-python lint-sql

lint-python:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

lint-sql:
	PMR_DATABASE=:memory: $(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models analyses tests/incidents tests/requests

bench: $(MANIFEST)  ## Landing and a month of 20 million requests against plain DuckDB; prints ratios
	$(BIN)/python -m benchmarks.bench_landing
	$(BIN)/python -m benchmarks.bench_traffic

clean:  ## Remove what runs left behind, but no extract and no issue
	rm -rf target logs data/warehouse
