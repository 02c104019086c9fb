# Two commands are enough: `make run` shows the hub, `make test` proves it. The work is done by the scripts in tools/.

PYTHON ?= python3
VENV := .venv/bin
NODES ?= 1
VERSION ?=
ROOMS = $(shell $(PYTHON) -m hub.rooms)

unexport PYTHONDONTWRITEBYTECODE  # hundreds of processes would each compile the house anew

.DEFAULT_GOAL := help
.PHONY: help run setup dev test long-tests drill lint format check bench bench-search bench-suggestions bench-talk load elasticsearch messages shell clean python

help: ## Say what one can ask for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: setup ## Set up what is missing, and serve the hub with its demo council (PORT=8001 for another port)
	@$(VENV)/python -m tools.run

setup: python ## Make the virtual environment only
	@$(PYTHON) -m tools.setup

dev: python
	@$(PYTHON) -m tools.setup --dev

test: python ## Run every test, on SQLite, in a browser and on PostgreSQL (ARGS=--quick for two minutes, --changed for what differs from main)
	@$(PYTHON) -m tools.test $(ARGS)

long-tests: python ## Write down which tests are long, after make test: a quick run leaves them out
	@$(PYTHON) -m tools.long_tests

drill: python ## Kill, pause and fill up three nodes of Elasticsearch, before a release
	@$(PYTHON) -m tools.test drill

lint: dev ## Check style, types, templates, migrations and the order of the house
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy $(ROOMS) tools benchmarks
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/python -m tools.long_lines
	$(VENV)/python -m tools.imports
	$(VENV)/python -m tools.strings
	$(VENV)/python -m tools.saving
	$(VENV)/python -m tools.class_names
	$(VENV)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=hub.settings.test $(VENV)/python manage.py lintmigrations --include-apps $(ROOMS)

format: dev ## Put the code in the one style
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

check: dev ## Ask Django whether the production settings are safe
	@$(VENV)/python -m tools.check

bench: dev ## Measure the pages against a bare Wagtail (ARGS="--json", "--compare", "--fresh")
	@$(VENV)/python -m benchmarks $(ARGS)

bench-search: dev ## Measure search with more and more to find (ARGS="--embedded 10000 --elasticsearch --peer")
	@$(VENV)/python -m benchmarks.search $(ARGS)

bench-talk: dev ## Measure conversations with 200,000 posts (ARGS="--size tenth"; DATABASE_URL for PostgreSQL)
	@$(VENV)/python -m benchmarks.talk $(ARGS)

load: dev ## Bring a crowd to the production server and see that nothing is lost (PEOPLE=40 SECONDS=60, ARGS=--kill)
	@$(VENV)/python -m benchmarks.crowd $(ARGS)

bench-suggestions: dev ## Measure what is offered to whoever types, and corrections, on both engines
	@$(VENV)/python -m benchmarks.search.suggestions $(ARGS)

elasticsearch: dev ## Bring up Elasticsearch until Ctrl-C, as the tests do (NODES=3 for a cluster, VERSION=9.4.3)
	@NODES=$(NODES) VERSION=$(VERSION) $(VENV)/python -m tools.elasticsearch

messages: dev ## Collect the words to be translated in locale/
	$(VENV)/python manage.py makemessages --all --ignore=.venv --ignore=var

shell: setup ## Open a Python shell with the hub's models
	@$(VENV)/python manage.py shell

clean: python ## Remove the virtual environment and the database (asks first)
	@$(PYTHON) -m tools.clean

python:
	@command -v $(PYTHON) > /dev/null || { \
	  echo "There is no $(PYTHON). Folkmoot needs Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv)."; exit 1; }
