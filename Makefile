# Everything runs in .venv, made by `make setup` from the hash-locked requirements.txt.
# Another interpreter:  make setup PYTHON=python3.13

PYTHON ?=
VENV   := .venv
PY     := $(VENV)/bin/python
STAMP  := $(VENV)/.installed
LOCKER := build/locker

# Set up again when the lock or pyproject.toml changed, when .venv does not start,
# or when it was made for another folder.
ifneq ($(shell $(PY) -c "print('starts')" 2>/dev/null; cat $(STAMP) 2>/dev/null),starts $(CURDIR))
AGAIN := again
endif

.DEFAULT_GOAL := help
.PHONY: help setup run app test browser pictures bench lint lock clean again

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

setup: $(STAMP) ## Make .venv with the locked packages (once; again only when they change)

$(STAMP): requirements.txt pyproject.toml $(AGAIN)
	@set -e; \
	found=""; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
	    if "$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "hfabm needs Python 3.11 or newer. $(if $(PYTHON),$(PYTHON) is not one.,Neither python3 nor python3.11 to python3.14 is one.)" >&2; \
	    echo "Install one, or name it: make setup PYTHON=/path/to/python3.13" >&2; \
	    exit 1; \
	fi; \
	log="$$(mktemp)"; \
	failed() { echo "Set-up stopped. The end of what was said:" >&2; tail -n 25 "$$log" >&2; rm -f "$$log"; exit 1; }; \
	echo "Making $(VENV) with $$("$$found" --version) ..."; \
	"$$found" -m venv --clear $(VENV) >"$$log" 2>&1 || failed; \
	echo "Waiting for the package index: about 150 locked packages, 1.3 GB unpacked, one to three minutes ..."; \
	$(PY) -m pip install --disable-pip-version-check --progress-bar off --only-binary :all: \
	    --require-hashes -r requirements.txt >"$$log" 2>&1 || failed; \
	$(PY) -m pip install --disable-pip-version-check --no-index --no-deps --no-build-isolation \
	    --editable . >>"$$log" 2>&1 || failed; \
	rm -f "$$log"; \
	echo "$(CURDIR)" > $@; \
	echo "Ready: $(VENV)/bin/hfabm --help"

run: setup ## Run the Odense scenario and write its report
	@$(VENV)/bin/hfabm run scenarios/odense.toml --report

app: setup ## Open the app in a browser
	@$(VENV)/bin/hfabm app

test: setup browser ## Run the tests
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope

# Where CI is set, the tests of the app must run: Debian's Chromium is installed if there is none.
browser:
	@if [ -n "$$CI" ] && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then \
	    echo "Waiting for Debian's packages: Chromium, for the tests of the app ..."; \
	    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } \
	        >/dev/null || exit 1; \
	fi

pictures: setup ## Take the pictures of the app in docs/app again (needs Chromium)
	@cd tests && ../$(PY) -m app.pictures

bench: setup ## Measure speed and memory, of runs and of the app (that needs Chromium)
	@$(PY) -m hfabm.bench
	@cd tests && ../$(PY) -m app.measure

lint: setup ## Check format, style and types
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

lock: ## Lock the newest packages for Python 3.11 to 3.14 into requirements.txt (internet)
	@echo "Waiting for the package index ..."
	@python3 -m venv $(LOCKER)
	@$(LOCKER)/bin/python -m pip install --disable-pip-version-check --quiet uv
	@UV_PYTHON_DOWNLOADS=never $(LOCKER)/bin/uv pip compile pyproject.toml --extra test --extra app --universal --python-version 3.11 \
	    --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.txt
	@echo "requirements.txt is new. Run make test, and say in CHANGELOG.md whether results change."

clean: ## Remove .venv, caches and build output; runs/ stays
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	@find hfabm tests -name __pycache__ -type d -prune -exec rm -rf {} +
