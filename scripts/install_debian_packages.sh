#!/usr/bin/env bash
# Installs the Debian 12 packages that Lodestone needs and that are not there yet. Nothing else is ever fetched.
#   scripts/install_debian_packages.sh build         to build and run the program
#   scripts/install_debian_packages.sh build test    ... and its tests and benchmarks
#   scripts/install_debian_packages.sh lint          clang-format and clang-tidy
#   scripts/install_debian_packages.sh slurm         a Slurm of one machine, for its test
# Changes the system through apt-get only, with sudo unless run by root; does nothing when all is there.
set -euo pipefail

# Compiler and tools; then one library a line, with what it is used for.
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libeigen3-dev         # small dense algebra in market/
  libtomlplusplus-dev   # scenarios and dataset.toml
  libcsv-dev            # the dataset's tables
  libssl-dev            # SHA-256 of the dataset
  libcli11-dev          # command line
  libfmt-dev            # text
  libspdlog-dev         # --log
  nlohmann-json3-dev    # --json, clearing problems as files
  libsqlite3-dev        # the catalogue of runs
  libnetcdf-dev         # results
  libnlopt-dev          # calibrate
  librandom123-dev      # random numbers by key (Philox)
  libboost-dev          # Sobol sequences, quantiles of the normal distribution
  zlib1g-dev            # checksums of finished futures
  libopenmpi-dev openmpi-bin   # ensembles over several machines
)
test_packages=(
  libgtest-dev libgmock-dev
  librapidcheck-dev     # properties over random inputs
  libbenchmark-dev      # make bench
  coinor-libclp-dev     # independent solvers that ours is held against
  coinor-libipopt-dev
  python3               # checks of includes and docs
  python3-behave        # acceptance tests in plain words
  python3-xarray        # reads the results as an analyst would
  python3-netcdf4
  chromium chromium-driver fonts-liberation   # looks at reports as readers do
  python3-selenium
  clang-format          # make test checks the layout of the code
)
lint_packages=(clang-format clang-tidy python3)
slurm_packages=(slurm-wlm)   # make test-slurm

usage() {
  echo "usage: $0 [build] [test] [lint] [slurm]" >&2
  exit 2
}

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

[ $# -gt 0 ] || usage
wanted=()
for set in "$@"; do
  case $set in
    build) wanted+=("${build_packages[@]}") ;;
    test) wanted+=("${test_packages[@]}") ;;
    lint) wanted+=("${lint_packages[@]}") ;;
    slurm) wanted+=("${slurm_packages[@]}") ;;
    *) usage ;;
  esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "This is no Debian system. Install the counterparts of these packages by your own means, or the build will stop"
  echo "at the first one missing: ${wanted[*]}"
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing, and neither root nor sudo is at hand. As root, type:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing ${#missing[@]} Debian packages and what they depend on: ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
