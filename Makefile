# make demo | test | check | bench | calibration   (Python >= 3.11 and make are all that is needed)
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

DATA ?= ../shared/data
# Programs of others that tests run and never import: their licenses are not ours.
PEERS := .venv-peers/.installed
# make bench BEFORE=WORKTREE compares with the build of another worktree.
BEFORE ?=

.PHONY: demo test check peers format bench calibration changelog clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev -e '.[cli,fetch]'
	@touch $(STAMP)

$(PEERS): Makefile
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet libcovebods==0.16.0
	@touch $(PEERS)

peers: $(PEERS)

demo: $(STAMP)
	@$(BIN)/compliance demo

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(STAMP) $(PEERS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/compliance policy fmt --check rules
	$(BIN)/compliance policy lint
	# The tests run `compliance policy test` too, in parts (tests/scenarios/test_policy_cases.py).
	$(BIN)/python -m pytest -n auto --exhaustive

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m bench $(if $(BEFORE),--before $(BEFORE))
	$(BIN)/python -m bench.ownership
	$(BIN)/python -m bench.names $(DATA)

calibration: $(STAMP)
	$(BIN)/python -m bench.calibration $(DATA)

# make changelog VERSION=0.2.0: the fragments of changelog.d become a section of CHANGELOG.md
changelog: $(STAMP)
	$(BIN)/towncrier build --version $(VERSION) --yes

clean:
	rm -rf .venv .venv-peers
