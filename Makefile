# Two commands do all set-up themselves: `make demo` and `make test`.
# The machine needs git, make and Python 3.11 or newer; the rest is installed here.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SOURCES := src tests benchmarks

.PHONY: demo test test-full test-spark check label-studio chromium build lock bench clean

demo: $(VENV)/.demo
	$(BIN)/newspan demo

test: check label-studio chromium
	$(BIN)/python -m pytest -n auto --dist loadfile -m "slow and not big"

# All of the above, and what takes many minutes.
test-full: check label-studio chromium
	$(BIN)/python -m pytest -m "slow or big"

# Label Studio in its own environment, in the cache folder of the user; made on first use.
label-studio: $(VENV)/.dev
	@$(BIN)/python -c 'from newspan.annotations.studio import environment as e; \
		e.prepare_environment(print)'

# The browser that the tests work Label Studio's editor with.
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		echo "Installing chromium"; \
		$$(command -v sudo || true) apt-get update -qq && \
		$$(command -v sudo || true) apt-get install -y -qq chromium; }

# The checks on Spark, which is large and needs Java; without it those tests are skipped.
test-spark: $(VENV)/.dev
	$(INSTALL) --require-hashes -r requirements-spark.lock
	$(BIN)/python -m pytest tests/validation/test_spark.py tests/propose/test_on_spark.py

# The quick part: what to run before every commit.
check: $(VENV)/.dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/newspan build --check
	$(BIN)/newspan derive --check
	$(BIN)/python -m pytest -n auto -m "not slow and not big"

build: $(VENV)/.dev
	$(BIN)/newspan build
	$(BIN)/newspan derive

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

# Versions and hashes of everything that is installed, without any index's address.
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --group install
# Label Studio's own environment; --no-config, since it is for every system.
SERVER := src/newspan/annotations/studio/server.lock
lock: $(BIN)/python
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra validate --output-file requirements-demo.lock
	$(COMPILE) --extra dev --output-file requirements.lock
	$(COMPILE) --extra dev --extra spark --output-file requirements-spark.lock
	$(BIN)/uv pip compile --group label-studio --no-config --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
		--output-file $(SERVER)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A virtual environment; on a bare Debian, python3-venv is installed for it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newspan needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { \
		echo "Installing python3-venv"; rm -rf $(VENV); \
		$$(command -v sudo || true) apt-get update -qq && \
		$$(command -v sudo || true) apt-get install -y -qq python3-venv && \
		$(PYTHON) -m venv $(VENV); }

INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.demo: requirements-demo.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements-demo.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.demo
