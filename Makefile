# Each recipe runs the same for a person and for CI. Only pip needs the network.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url

.PHONY: run test check bench lock clean

run: $(VENV)/run.stamp  ## the archive at http://127.0.0.1:8000/ (HOST and PORT choose another address)
	@$(BIN)/python manage.py quickstart

test: check  ## everything that CI asks for
	@$(BIN)/pytest --cov --numprocesses auto --maxprocesses 4 --dist loadfile

check: export ARCHIVE_DATA := $(VENV)/check-data  # no command of a check touches the archive's own
check: $(VENV)/dev.stamp  ## all that test does before it runs the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/bench.stamp  ## what the search is measured beside, and how to measure
	@echo "$(BIN)/python -m benchmarks.search --cables 50000    (--help tells of the parts)"

lock: $(VENV)/dev.stamp  ## the lock files anew, from pyproject.toml
	$(LOCK) --upgrade --quiet -o requirements.lock
	$(LOCK) --upgrade --quiet --group dev -o requirements-dev.lock
	$(LOCK) --upgrade --quiet --group bench -o requirements-bench.lock

clean:  ## what the recipes made, but for the archive's data
	rm -rf $(VENV) .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer, as in: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# A stamp is as old as the last installation from its lock file.
$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(PIP) -r $<
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	$(PIP) -r $<
	@touch $@

$(VENV)/bench.stamp: requirements-bench.lock | $(VENV)/bin/python
	$(PIP) -r $<
	@touch $@
