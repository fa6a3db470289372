# make demo   sets up, builds the shipped corpus, answers the headline question and draws the link map
# make test   sets up (with Java and a browser for the tests), checks style and types, runs every test
.PHONY: help demo test check docs bench lock clean
PYTHON ?= python3
export PYTHON
KG := .venv/bin/kg

help:
	@sed -n '1,2s/^# //p' Makefile

demo:
	@scripts/setup run
	@scripts/assets run
	@echo "== building the graph from data/"
	@$(KG) build
	@echo "== which officials acted against most people?"
	@$(KG) query officials-by-people --limit 15
	@echo "== drawing the link map"
	@$(KG) map --all --output build/link-map.html
	@echo "== open $(CURDIR)/build/link-map.html in a browser; ask more with $(KG) query"

test:
	@scripts/setup test
	@scripts/assets test
	@scripts/browser >/dev/null
	@echo "== style and types"
	@.venv/bin/ruff check src tests benchmarks scripts
	@.venv/bin/mypy
	@echo "== tests"
	@.venv/bin/python -m pytest -n 2 --dist loadgroup

docs:
	@scripts/setup run
	@.venv/bin/python scripts/write_docs.py

bench:
	@scripts/setup test
	@.venv/bin/python -m benchmarks

lock:
	@scripts/lock

clean:
	rm -rf src/kg/web/static src/kg/web/frontend/node_modules
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
