#!/usr/bin/env bash
# Makes the pages of docs/ that come from the program's own tables and runs. Called by make docs, after a build.
#   scripts/update_docs.sh           writes them
#   scripts/update_docs.sh --check   fails when one of them differs from what the program says now
# LODESTONE names the program; build/release/lodestone when not set.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${LODESTONE:-build/release/lodestone}
[ -x "$program" ] || { echo "$program is not there: make build" >&2; exit 1; }
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

for page in cli results levers actors expressions case_format; do
  "$program" docs $page --output "$made/$page.md"
done
"$program" docs backtests --output "$made/backtests.md"
"$program" docs results_of_cases --output "$made/results.csv"
# Two pages in one: 2024 and 2025 told from 2023, then the base year that runs start from.
"$program" validate --base-year 2023 --scenario from-2023 --output "$made/validation.md"
"$program" validate --scenario licence-2025 --output "$made/base_year_2024.md"
{ echo; cat "$made/base_year_2024.md"; } >> "$made/validation.md"
rm "$made/base_year_2024.md"
mkdir "$made/chains"
"$program" docs chain --output "$made/chains/rare-earths.md"

if [ "${1:-}" = --check ]; then
  stale=0
  for page in "$made"/*.md "$made"/*.csv "$made"/chains/*.md; do
    name=docs/${page#"$made/"}
    if [ "$page" = "$made/results.csv" ]; then name=cases/results.csv; fi
    diff -u "$name" "$page" || { echo "$name is not what the program says: make docs" >&2; stale=1; }
  done
  exit $stale
fi
mv "$made/results.csv" cases/results.csv
cp -r "$made"/. docs/
echo "docs/: $(cd "$made" && echo *.md chains/*.md) and cases/results.csv made by $program"
