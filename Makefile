# Two commands do everything on Debian 12 with make, python3-venv and git: `make run` and `make test`.
FITS := import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c "$(FITS)" 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
LOCKS := constraints.txt setup.cfg
unexport PYTHONDONTWRITEBYTECODE # the tests start many processes
.DEFAULT_GOAL := help
.PHONY: help setup run test check words bench paper clean gallery

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: .venv/.run ## everything `make run` needs: system libraries, .venv, run-time packages

run: .venv/.run ## open the window (without a display: run the tour); ARGS="list assets" passes arguments on
	@$(PY) main.py $(ARGS)

test: .venv/.test ## rules, lint, types and all tests
	@$(MAKE) --no-print-directory check
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n auto --maxprocesses 4

check: .venv/.test ## lint, format, types, import contracts, words
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) packaging/words.py --check

words: .venv/.test ## bring the word catalogues up to the code, and compile them
	@$(PY) packaging/words.py

bench: .venv/.test ## measure; exit 1 when a figure of docs/benchmarks.md is over its limit
	@QT_QPA_PLATFORM=offscreen $(PY) -m bench

paper: .venv/.test ## have strangers (PDFBox Preflight, qpdf, poppler, pyHanko) check a paper of every kind; exit 1 when one minds
	@$(PY) -m tests.paper

gallery: .venv/.test ## draw docs/papers.md: every paper with its picture
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/gallery.py

clean: ## remove .venv and everything made
	@rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.run: $(LOCKS)
	@sh packaging/system.sh
	@[ -n "$(PYTHON)" ] || { echo "Dayuan needs Python 3.11, 3.12 or 3.13 with venv" >&2; exit 1; }
	@[ -x $(PY) ] || $(PYTHON) -m venv .venv
	@$(PIP) $$($(PY) packaging/needs.py run)
	@touch $@

.venv/.test: .venv/.run $(LOCKS)
	@$(PIP) $$($(PY) packaging/needs.py run test)
	@touch $@
