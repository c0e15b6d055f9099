# Thin doors. What stands behind them: standins/run.py (demo, test), pyproject.toml (check).
PY ?= python3
PORT ?= 8000
ARGS ?=
DAYS ?= 7
SEED ?=
V := .venv/bin
UV := uv==0.13.9
export PYTHONPATH := $(CURDIR):$(CURDIR)/packaging

.PHONY: demo simulate studio test check bench chaos shapes journeys looks lock
.DEFAULT_GOAL := demo

.venv/.ok: requirements.txt pyproject.toml
	@test -w . || { echo "This folder can't be written. Clone the repository where you may write."; exit 1; }
	@command -v $(PY) >/dev/null || { echo "$(PY) is not installed. Install Python 3.11 or newer, or name one: make PY=python3.12"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PY) is $$($(PY) -V 2>&1). Name another: make PY=python3.12"; exit 1; }
	@$(PY) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python can't make environments here. Install the package python3-venv (Debian, Ubuntu: apt install python3-venv) and run make again."; exit 1; }
	@echo "Installing into .venv …"
	@test -x $(V)/python && $(V)/python -c '' 2>/dev/null || $(PY) -m venv --clear .venv
	@$(V)/python -m pip install -q --disable-pip-version-check $(UV)
	@$(V)/uv pip install -q --python $(V)/python --require-hashes -r requirements.txt
	@$(V)/uv pip install -q --python $(V)/python --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/.ok  ## the whole house on this machine
	@$(V)/python -m standins.run demo --with-parent --port "$(PORT)"

test: .venv/.ok  ## the whole suite on its own servers; ARGS="-k basket" goes to pytest
	@$(V)/python -m standins.run test --with-parent $(ARGS)

check: .venv/.ok  ## the quick gate
	$(V)/ruff format --check .
	$(V)/ruff check .
	$(V)/lint-imports
	$(V)/mypy
	AJOUR_MODE=test $(V)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	AJOUR_MODE=test $(V)/python manage.py write_docs --check

simulate: .venv/.ok  ## play the running demo on; DAYS=7 SEED=3
	@$(V)/python -m standins.beside simulate --days "$(DAYS)" $(if $(SEED),--seed "$(SEED)")

bench: .venv/.ok  ## figures of docs/performance.md
	@$(V)/python -m standins.run shell --with-parent -- $(CURDIR)/$(V)/python -m tests.bench $(ARGS)

journeys: .venv/.ok  ## all users' stories in a real browser, through a new demo, and a piece turned by every kind of machine; ARGS="-m 'journey and not slow'" for the main ones
	@$(V)/python -m standins.run test --with-parent -n 0 -m journey tests/journeys tests/demo/test_turned.py $(ARGS)

looks: .venv/.ok  ## axe on every page at two widths, every family turned; LOOKS=folder keeps a picture of each
	@$(V)/python -m standins.run test --with-parent -n 0 -m looks tests/journeys/test_looks.py tests/demo/test_turned.py $(ARGS)

chaos: .venv/.ok  ## processes killed at work, again and again
	@$(V)/python -m standins.run test --with-parent -n 0 -m slow tests/chaos $(ARGS)

shapes: .venv/.ok  ## 2,000 parameter sets over every family: a valid solid or a named refusal each; prints a table
	@$(V)/python -m standins.run test --with-parent -n 0 -m slow tests/production/shapes $(ARGS)

studio: .venv/.ok  ## the optional extra [render], 0.5 GB: the next demo takes pictures of its own
	@$(V)/uv pip install -q --python $(V)/python --require-hashes -r requirements-render.txt
	@echo "The studio is installed. Start make demo, open a piece in the office and have pictures taken."

lock: .venv/.ok  ## pin requirements.txt and requirements-render.txt again
	$(V)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.txt
	printf 'mitsuba\npyoidn\n' | $(V)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --constraint requirements.txt - -o requirements-render.txt
