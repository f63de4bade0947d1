# Every everyday task of the project. `make` alone lists them.
# Needs python3 (3.11 or newer) and make; everything else is installed into .venv at the locked versions.

PYTHON    ?= python3
RAW       ?= raw
WAREHOUSE ?= warehouse
MINUTES   ?= 10
ARGS      ?=

VENV := .venv
RUN  := $(VENV)/bin/python -m pipeline
# The stamps carry the checksum of the lock, so a changed lock is noticed whatever the file dates say.
RUNTIME := $(VENV)/.runtime-$(shell cksum <requirements.lock | cut -d' ' -f1)
LOCK := --generate-hashes --universal --no-emit-index-url --no-header --no-annotate $(ARGS)
DEV     := $(VENV)/.dev-$(shell cat requirements.lock requirements-dev.lock | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help ingest rebuild report query export show serve demo test check format lock bench bench-accuracy audit sbom fuzz test-faults reliability clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

ingest: $(RUNTIME) ## read raw/, build the warehouse and the data-quality report
	@$(RUN) ingest --raw '$(RAW)' --warehouse '$(WAREHOUSE)' $(ARGS)

rebuild: $(RUNTIME) ## the same, reading every document again
	@$(RUN) ingest --raw '$(RAW)' --warehouse '$(WAREHOUSE)' --rebuild $(ARGS)

report: $(RUNTIME) ## write the data-quality report again from the warehouse
	@$(RUN) report --warehouse '$(WAREHOUSE)' $(ARGS)

query: export SQL ?=
query: $(RUNTIME) ## ask the warehouse: make query SQL="select * from latest_results"
	@$(RUN) query --warehouse '$(WAREHOUSE)' $(ARGS) -- "$$SQL"

export: $(RUNTIME) ## the views as files: make export ARGS="--form xlsx" (parquet, csv, xlsx)
	@$(RUN) export --warehouse '$(WAREHOUSE)' $(ARGS)

show: export FILE ?=
show: $(RUNTIME) ## print one file as extracted, with places: make show FILE=raw/...
	@$(RUN) show $(ARGS) -- "$$FILE"

serve: $(RUNTIME) ## open the report in a browser, on this machine only
	@$(RUN) serve --warehouse '$(WAREHOUSE)' $(ARGS)

demo: $(RUNTIME) ## a fictional council with faults planted on purpose, read in build/demo
	@rm -rf build/demo
	@$(VENV)/bin/python -m demo build/demo

test: $(DEV) ## run the tests
	@$(VENV)/bin/python tests/programs.py
	@$(VENV)/bin/python -m pytest -n 2 $(ARGS)

check: $(DEV) ## format and lint the code, check its types and dependencies
	@$(VENV)/bin/ruff format --check --quiet . || { echo 'run: make format'; exit 1; }
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/deptry . 2>&1 | tail -n 20

format: $(DEV) ## put the code into the project's format
	@$(VENV)/bin/ruff format --quiet .
	@$(VENV)/bin/ruff check --quiet --fix .

lock: $(DEV) ## lock the newest allowed versions of pyproject.toml, with hashes
	@$(VENV)/bin/python -m pip install --quiet uv
	@$(VENV)/bin/python -m uv pip compile -q $(LOCK) --group dev pyproject.toml -o requirements-dev.lock
	@grep -E '^[a-z]' requirements-dev.lock | sed 's/ *\\$$//' >$(VENV)/constraints.txt
	@$(VENV)/bin/python -m uv pip compile -q $(LOCK) -c $(VENV)/constraints.txt pyproject.toml -o requirements.lock

bench: $(DEV) ## measure speed against other tools, as ratios in one run
	@$(VENV)/bin/python -m benchmarks $(ARGS)

bench-accuracy: $(DEV) ## measure how exactly each layout is read, beside other table readers
	@$(VENV)/bin/python -m benchmarks.accuracy $(ARGS)

test-faults: $(DEV) ## the long tests: kill -9 at 100 moments, full disks, hostile files
	@$(VENV)/bin/python -m pytest -n 2 --faults tests/test_faults.py tests/test_hostile.py $(ARGS)

reliability: $(DEV) ## count what the tests try, and write it into docs/reliability.md
	@$(VENV)/bin/python -m tests.reliability

fuzz: $(DEV) ## random grids and broken files for MINUTES=10
	@$(VENV)/bin/python -m tests.fuzz $(MINUTES)

audit: $(DEV) ## known weaknesses of the locked packages (asks the network)
	@$(VENV)/bin/python -m tests.audit

sbom: $(RUNTIME) ## print a bill of materials of the installed packages, as CycloneDX JSON
	@$(RUN) sbom

clean: ## remove what the project built, and .venv; raw/ and the history of runs stay
	rm -rf $(VENV) build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	rm -rf warehouse/scorecards.duckdb* warehouse/report warehouse/cache warehouse/exports

# --- the environment: made once, repaired when interrupted, renewed when a lock changes

$(RUNTIME): requirements.lock
	@PYTHON='$(PYTHON)' sh .ci/environment '$(VENV)' requirements.lock
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): requirements.lock requirements-dev.lock
	@PYTHON='$(PYTHON)' sh .ci/environment '$(VENV)' requirements-dev.lock
	@rm -f $(VENV)/.runtime-* $(VENV)/.dev-* && touch $(RUNTIME) $@
