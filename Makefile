# make demo | test | check | bench | calibration   (Python >= 3.11 and make are all that is needed)
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

DATA ?= ../shared/data

.PHONY: demo test check format bench calibration clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev -e '.[cli,fetch]'
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/compliance demo

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/compliance policy fmt --check rules
	$(BIN)/compliance policy lint
	$(BIN)/compliance policy test
	$(BIN)/python -m pytest -n auto

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m bench
	$(BIN)/python -m bench.ownership
	$(BIN)/python -m bench.names $(DATA)

calibration: $(STAMP)
	$(BIN)/python -m bench.calibration $(DATA)

clean:
	rm -rf .venv
