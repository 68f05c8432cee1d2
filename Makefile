# Everything one does with Summa from a shell. `make` alone lists it.
#
# Each configuration is built once: tests run the debug build, with the debug `summa` they start; everything else runs
# the release build. SUMMA_CORE_ONLY=1 leaves out what needs the network libraries, in any target.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Where `make run` keeps its books, and what else to pass to the command.
DATA ?= .summa
ARGS ?=

summa := .build/release/summa

# The suites that have tests which `make soak` alone runs, or runs under many more seeds; TidyTests see that none is missing.
soaked := Soak|Mutant|PlainCharge|RefundStorm|PaymentWalk|Planted|Agreement|KeySlots|RunTail|ExpiringRun|LedgerRuns|TiledTree|EventStore|DoubtChain|Backup|RestoredMark|RecoveryCrash

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Install what is missing (Debian packages); quick when nothing is
	@scripts/setup

.PHONY: build
build: setup ## Build the release executable, .build/release/summa
	@scripts/stage "Building summa (release)" swift build -c release --product summa

.PHONY: demo
demo: build ## A shop's day from charge to bank line, checked to the last minor unit (ARGS="--seed 7 --json" …)
	@$(summa) demo $(ARGS)

.PHONY: run
run: build ## Serve the API on DATA (default .summa), with the sandbox provider beside it
	@$(summa) serve --data $(DATA) $(ARGS)

.PHONY: test
test: setup ## Build and run all tests, and say how many ran
	@scripts/stage "Building the tests (debug)" swift build --build-tests
	@scripts/test $(ARGS)

.PHONY: check
check: test lint ## All that decides whether a change may land: the tests, formatting, lint, generated files

.PHONY: lint
lint: ## The part of check that is not a test
	@scripts/stage "Formatting, lint, generated files" scripts/lint

.PHONY: tidy
tidy: setup ## Only the tests that read the source tree: imports, floating point, SQL, names (fast)
	@SUMMA_CORE_ONLY=1 scripts/stage "Building the core's tests (debug)" swift build --build-tests
	@SUMMA_CORE_ONLY=1 scripts/test --filter TidyTests

.PHONY: soak
soak: build ## The long tests, many crashes, and then simulations until told to stop
	@scripts/stage "Building the tests (debug)" swift build --build-tests
	@SUMMA_SOAK=1 TEST_SECONDS_MAX=28800 scripts/test --filter '($(soaked))[A-Za-z]*Tests/'
	@$(summa) simulate --forever $(ARGS)

.PHONY: simulate
simulate: build ## Simulations under one seed after the other until told to stop (ARGS="--seed 7 --steps 500 …")
	@$(summa) simulate --forever $(ARGS)

.PHONY: bench
bench: build ## Measure every row of docs/benchmarks.md on both databases, with a plain baseline beside (ARGS="--growth 1000000" …)
	@scripts/stage "Benches" scripts/bench $(summa) $(ARGS)

.PHONY: format
format: ## Format all Swift in place
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

.PHONY: examples
examples: ## Make examples/charges.csv again
	@python3 scripts/make-example-charges.py > examples/charges.csv

.PHONY: clean
clean: ## Remove what was built, not what was downloaded
	@swift package clean
