# Every target does its own set-up. What each does is in scripts/, in Python's standard library.

PYTHON := $(shell command -v python3.11 || command -v python3)
ARGS :=

.PHONY: run test check bench drills lock format

run:     ## the service, from nothing (HOST, PORT, DATABASE_URL, LOAD_SAMPLE: see .env.example)
	@$(PYTHON) -m scripts.run

test:    ## every check and every test (ARGS="-k words" for some)
	@$(PYTHON) -m scripts.test test $(ARGS)

check:   ## lint, types, import rules, templates, migrations, lock files, documents
	@$(PYTHON) -m scripts.check

bench:   ## benchmarks
	@$(PYTHON) -m scripts.test bench $(ARGS)

drills:  ## the long seeded suites (DRILL_SEED repeats one)
	@$(PYTHON) -m scripts.test drills $(ARGS)

format:  ## put the code in the form that `make check` asks for
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

# Versions and hashes, but no host: where packages come from is for each machine to say.
LOCK := .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --python-version 3.11
lock:    ## write requirements/*.txt anew (UPGRADE=1 for newer versions) and package-lock.json
	@for name in base dev node; do \
		$(LOCK) $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	@npm install --package-lock-only --ignore-scripts
