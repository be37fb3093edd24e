# Everything here needs only Python 3.11 or later, git and make.
# A system's own Python is built with profiles: a fifth faster than one built without. Where it is too
# old, or makes no environment, the first on the path.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
	2> /dev/null && echo /usr/bin/python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
# What was compiled once is kept, whatever the shell asks: thousands of tests start from it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test desk life test-edits test-elections test-plans test-days test-pages races faults powercut fuzz mutants hostile bench lint clean
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "b40 needs Python 3.11 or later")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q b40cli
	touch $@

$(VENV)/days: requirements-days.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-days.txt
	touch $@

$(VENV)/pages: requirements-pages.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-pages.txt
	touch $@

# Java's and Node's readers, of versions that a lock file names; frictionless wants its own typer.
$(VENV)/readers/node_modules: tests/readers/package-lock.json $(VENV)/ready
	mkdir -p $(VENV)/readers
	cp tests/readers/package.json tests/readers/package-lock.json tests/readers/calendar.mjs $(VENV)/readers
	cd $(VENV)/readers && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

$(VENV)/readers/python: tests/readers/requirements.txt $(VENV)/readers/node_modules
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/readers/requirements.txt
	touch $@

$(VENV)/fuzz: requirements-fuzz.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-fuzz.txt
	touch $@

demo: $(VENV)/ready ## the real register and a year of an invented network, in under a minute
	@$(BIN)/b40 demo

test: $(VENV)/ready ## ruff, mypy strict and all tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
# Meanwhile the other core compiles the tests, which each of pytest's processes would do by itself.
	@$(BIN)/python -m pytest -n0 --collect-only > /dev/null 2>&1 & \
	echo $(BIN)/mypy; $(BIN)/mypy; said=$$?; wait; exit $$said
	tests/in_memory.sh $(BIN)/python -m pytest

test-edits: $(VENV)/ready ## 20,000 random edits: whatever they make wrong is told (a quarter of an hour)
	B40_EDITS=20000 $(BIN)/python -m pytest -q -n2 -k edit tests/test_resting.py tests/test_five_years.py

.PHONY: test-many
test-many: $(VENV)/ready ## what the suite draws at random, in greater number (minutes)
	B40_MANY=1 $(BIN)/python -m pytest -q tests/store tests/render tests/test_verifier_arithmetic.py tests/test_five_years.py \
		tests/test_life.py tests/rules/test_counting_table.py

life: $(VENV)/ready ## 5,000 random acts of clerks: after any that is accepted nothing refuses (20 minutes)
	$(BIN)/python -m tests.life --lives 60 --acts 150

desk: $(VENV)/ready ## a clerk's whole year at a pseudo-terminal, guided (a minute)
	B40_DESK=9999 $(BIN)/python -m pytest -q -n0 tests/cli/test_clerks_year.py

test-elections: $(VENV)/ready ## every election of up to five candidates, beside a second count (a quarter of an hour)
	B40_ELECTIONS=all $(BIN)/python -m pytest -q tests/rules/test_contest.py

test-plans: $(VENV)/ready ## seats and proxies to come beside the judge and brute force (a quarter of an hour)
	B40_PLANS=200 $(BIN)/python -m pytest -q tests/acts/test_foresight.py tests/acts/test_solving.py

test-days: $(VENV)/days ## the suite, the demonstration and a small bench on other days (libfaketime)
	$(BIN)/python -m tests.days

test-pages: $(VENV)/pages $(VENV)/readers/node_modules ## the site in Debian's chromium, through axe and the HTML checker
	$(BIN)/python -m tests.pages

.PHONY: test-papers
test-papers: $(VENV)/readers/python ## papers and data through poppler, LibreOffice and other readers (two minutes)
	$(BIN)/python -m tests.papers

races: $(VENV)/ready ## 20 clerks in one clone; 5 clones and a remote (B40_RACES times, B40_SEED)
	$(BIN)/python -m tests.races

faults: $(VENV)/ready ## calls of three acts broken: error, kill, full disk (B40_FAULTS, B40_SEED; needs strace)
	$(BIN)/python -m tests.faults

powercut: $(VENV)/ready ## the power cut at every point of three acts (B40_POWERCUTS, B40_SEED; needs strace)
	$(BIN)/python -m tests.powercut

fuzz: $(VENV)/fuzz ## reader, verifier and importers under atheris (B40_FUZZ inputs, B40_SEED)
	$(BIN)/python -m tests.fuzzing

mutants: $(VENV)/ready ## rules/ and model/ broken one place at a time (B40_MUTANTS of them, B40_SEED)
	$(BIN)/python -m tests.mutants

hostile: $(VENV)/ready ## a stranger's register under strace: git and b40 alone run (needs strace)
	$(BIN)/python -m tests.stranger

bench: $(VENV)/ready ## ratios beside the peers, into bench/RESULTS.md
	$(BIN)/python -m bench

lint: $(VENV)/ready ## put code and records into layout
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/b40 fmt

clean: ## remove what make has made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
