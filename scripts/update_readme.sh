#!/usr/bin/env bash
# Runs the demo and puts what it prints between the markers of README.md. Called by make docs, after a build.
set -euo pipefail
cd "$(dirname "$0")/.."
program=build/release/lodestone
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
[ -x $program ] || { echo "$program is not there: make build" >&2; exit 1; }

# A terminal-free run in an empty catalogue: what a newcomer sees, without colours.
NO_COLOR=1 $program demo --out "$out/out" >"$out/answer" 2>"$out/messages" || { cat "$out/messages" >&2; exit 1; }
sed -i "s#$out/##g" "$out/answer"

grep -q '^<!-- demo:begin' README.md && grep -q '^<!-- demo:end' README.md ||
  { echo "README.md lacks the lines <!-- demo:begin --> and <!-- demo:end -->" >&2; exit 1; }
awk -v answer="$out/answer" '
  /^<!-- demo:end/ { inside = 0 }
  !inside { print }
  /^<!-- demo:begin/ {
    inside = 1
    print "```"
    while ((getline line < answer) > 0) print line
    print "```"
  }' README.md >"$out/README.md"
cat "$out/README.md" >README.md
echo "README.md holds the output of $program demo ($(wc -l <"$out/answer") lines)"
