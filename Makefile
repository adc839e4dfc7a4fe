# The short way in. Everything is built by CMake presets with ninja and ccache; this file only names what is worth typing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build test unit-test tidy sanitizers thread-sanitizer test-slurm soak-market bench bench-market bench-future lint lint-all format format-check docs install-dependencies clean

# Compiled once is enough, wherever the checkout lies.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
install := scripts/install_debian_packages.sh
cpp_files := find src tests bench -name '*.[ch]pp'

help:
	@echo 'make demo    install what is missing, build, answer three questions: the 2025 licence shock, the thesis of five'
	@echo '             pillars in short, and what would have prevented a crisis'
	@echo 'make test    install what is missing, run every test: release, then with sanitizers'
	@echo 'make bench   measure, beside other solvers (bench-market: the market alone; bench-future: whole futures)'
	@echo 'make soak-market   clear 100,000 random months and compare each with another solver'
	@echo 'make lint    clang-format and clang-tidy on what differs from the main branch (lint-all: on everything)'
	@echo 'make format  put every source file into the house layout'
	@echo 'make docs    make the pages again that come from the program, and the output in README.md'
	@echo 'make install-dependencies   only install packages;   make clean   remove build/'

# Three questions: what the licences of 2025 did, whether only a whole policy escapes, what would have been enough.
demo: build
	build/release/lodestone demo
	@printf '\n%s\n\n' 'Do only all five pillars escape? One future, one budget: about two minutes (docs/thesis.md)'
	build/release/lodestone thesis --members 0 --budget 15000
	@printf '\n%s\n\n' 'What would have been enough? One package at a time (docs/prevent.md)'
	build/release/lodestone prevent cut-off-2034 --largest 1 --tries 6 \
	  --keep 'max(unmet(magnets, all except CHN), 2034-01 .. 2034-06) < 55 %'

# The program alone, without tests, unless this folder was configured for tests before.
build: build/release/build.ninja
	cmake --build build/release --target lodestone

build/release/build.ninja:
	$(install) build
	cmake --preset release -D LODESTONE_TESTS=OFF -D LODESTONE_BENCH=OFF

test: format-check unit-test tidy sanitizers thread-sanitizer
	@echo 'Every test passed.'

unit-test:
	$(install) build test
	cmake --preset release -D LODESTONE_TESTS=ON -D LODESTONE_BENCH=ON
	cmake --build build/release
	ctest --test-dir build/release --output-on-failure

# Address and undefined-behaviour sanitizers on every room. Random markets are fewer here: the full number ran in release.
sanitizers:
	$(install) build test
	cmake --preset asan
	cmake --build build/asan
	LODESTONE_RANDOM_MARKETS=$${LODESTONE_RANDOM_MARKETS:-300} ctest --test-dir build/asan --output-on-failure

# Threads work together in ensembles only: their tests, and whole commands that make futures with two threads.
thread-sanitizer:
	$(install) build test
	cmake --preset tsan
	cmake --build build/tsan --target lodestone test_ensemble test_app
	TSAN_OPTIONS=halt_on_error=1 build/tsan/tests/test_ensemble --gtest_brief=1
	TSAN_OPTIONS=halt_on_error=1 LODESTONE=$(CURDIR)/build/tsan/lodestone build/tsan/tests/test_app --gtest_brief=1 \
	  --gtest_filter='Ensembles.*'

# The batch file of docs/cluster.md on a Slurm of one machine that the script sets up; as root.
test-slurm:
	$(install) build test slurm
	cmake --preset release
	cmake --build build/release --target lodestone
	tests/cluster/slurm_one_machine.sh

# Failures are written to build/soak, ready to be moved to tests/market/instances. SOAK="--first 60000 --months 1000"
# runs others.
soak-market:
	$(install) build test
	cmake --preset release -D LODESTONE_TESTS=ON
	cmake --build build/release --target soak_market
	build/release/tests/soak_market --folder build/soak $(SOAK)

bench-market:
	$(install) build test
	cmake --preset release -D LODESTONE_TESTS=ON -D LODESTONE_BENCH=ON
	cmake --build build/release --target bench_market
	build/release/bench/bench_market

bench-future:
	$(install) build test
	cmake --preset release -D LODESTONE_TESTS=ON -D LODESTONE_BENCH=ON
	cmake --build build/release --target bench_future
	build/release/bench/bench_future

bench:
	$(install) build test
	cmake --preset release -D LODESTONE_TESTS=ON -D LODESTONE_BENCH=ON
	cmake --build build/release
	@for program in build/release/bench/bench_*; do \
	  if [ -x "$$program" ] && [ ! -d "$$program" ]; then echo "== $${program##*/}"; "$$program"; fi; \
	done

# Rooms that are clean as a whole stay so; a room is added when it is.
tidy:
	scripts/clang_tidy.sh rooms src/lodestone/{base,world,dynamics,simulation}

lint: format-check
	scripts/clang_tidy.sh changed

lint-all: format-check
	scripts/clang_tidy.sh all

format:
	$(install) lint
	$(cpp_files) | xargs clang-format -i

format-check:
	$(install) build test
	$(cpp_files) | xargs clang-format --dry-run --Werror

docs: build
	scripts/update_docs.sh
	scripts/update_readme.sh

install-dependencies:
	$(install) build test lint

clean:
	rm -rf build
