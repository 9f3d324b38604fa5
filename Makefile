# Two commands on a fresh machine: `make demo` and `make test`. Each makes its own virtual environment; nothing is global.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed

.PHONY: demo test search lint types clean

demo: $(STAMP)
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python examples/demo.py

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 -q

# The property tests alone, with examples that no run has drawn before.
search: $(STAMP)
	HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -n 2 -q -m hypothesis

lint: $(STAMP)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/lint-imports
	$(BIN)/greenlint check src

types: $(STAMP)
	$(BIN)/mypy

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group test --group lint
	@touch $(STAMP)

clean:
	rm -rf $(VENV) .greenlint .pytest_cache .mypy_cache .ruff_cache .hypothesis
