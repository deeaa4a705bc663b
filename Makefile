# Everything a newcomer or CI needs; each target sets up what it uses.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
TESTS ?= tests
DATA ?= ../shared/data

.PHONY: setup demo test test-all check browser bench bench-peers models lock clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: setup           ## the whole road on the packaged shop
	$(BIN)/casemill demo

test: setup           ## everything quick, on every core
	$(BIN)/pytest -n auto -m "not slow and not real and not browser" $(TESTS)

test-all: setup       ## the quick and the slow, and the real data where it is there
	$(BIN)/pytest -n auto -m "not browser" $(TESTS)

check: setup          ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: setup        ## there are no pages yet
	$(BIN)/pytest -m browser $(TESTS) || test $$? -eq 5

bench: setup          ## ratios against peers in the same run; how often the gate and the judge's intervals are right
	for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

bench-peers: setup    ## other eval runners on the same cases; they are installed under ~/.cache/casemill-bench
	$(BIN)/python bench/run_peers.py --install

models: setup         ## the tagger's and screening's weights again, from the sets in models/inputs.toml: make models DATA=folder
	$(BIN)/python models/build.py latin --data $(DATA)
	$(BIN)/python models/build.py cyrillic --data $(DATA)
	$(BIN)/python models/build.py screen --data $(DATA)

lock:                 ## pin again; needs uv
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
