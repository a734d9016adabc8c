.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench screenshots setup
PORT ?= 8000
DATA ?= demo-data
BIN := .venv/bin
# Tests wait for browsers and programs: one more at a time than there are processors.
WORKERS := $(shell expr $$(nproc) + 1)
PYTHON_FILES := src tests hatch_build.py

help:
	@echo "make demo [PORT=8000]  set up and run Frontdesk with made-up people and tickets"
	@echo "make test              set up and run everything that CI runs"
	@echo "make check             style, types, imports, migrations: the quick part of test"
	@echo "make fix               format the code and mend what can be mended by itself"
	@echo "make bench             the table of speed"
	@echo "make screenshots       take the pictures of the README again"
	@echo "make setup             install into .venv what the others need"

demo:
	@bin/setup run
	@exec $(BIN)/frontdesk demo --port $(PORT) --data $(DATA)

setup:
	@bin/setup test

test: check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/ruff format --check $(PYTHON_FILES)
	$(BIN)/lint-imports
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=tests.settings_for_checks $(BIN)/python -W ignore -m django makemigrations --check --dry-run

fix: setup
	$(BIN)/ruff check --fix $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

bench: setup
	$(BIN)/frontdesk bench

screenshots: setup
	$(BIN)/python -m tests.e2e.screenshots
