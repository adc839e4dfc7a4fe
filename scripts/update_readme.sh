#!/usr/bin/env bash
# Runs the demo and puts the beginning of its answers between the markers of README.md: the answer with the table of
# prices, and the first lines of why. Called by make docs, after a build.
set -euo pipefail
cd "$(dirname "$0")/.."
program=build/release/lodestone
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
[ -x $program ] || { echo "$program is not there: make build" >&2; exit 1; }

# A terminal-free run in an empty catalogue: what a newcomer sees, without colours.
NO_COLOR=1 $program demo --out "$out/out" >"$out/answer" 2>"$out/messages" || { cat "$out/messages" >&2; exit 1; }
sed -i "s#$out/##g" "$out/answer"

# Sections end with a line of dashes: the answer, then why.
awk '
  /^----------*$/ { ++section; next }
  section == 0 && /^Who loses what/ { cut = 1 }
  section == 0 && !cut { print }
  section == 1 && !why { print "[...]"; print "" }
  section == 1 { why = 1 }
  section == 1 && /^$/ { exit }
  section == 1 { print }
' "$out/answer" >"$out/shown"
[ "$(grep -c '^Question' "$out/shown")" -eq 2 ] || { echo "the demo's output is not as expected" >&2; exit 1; }

grep -q '^<!-- demo:begin' README.md && grep -q '^<!-- demo:end' README.md ||
  { echo "README.md lacks the lines <!-- demo:begin --> and <!-- demo:end -->" >&2; exit 1; }
awk -v shown="$out/shown" '
  /^<!-- demo:end/ { inside = 0 }
  !inside { print }
  /^<!-- demo:begin/ {
    inside = 1
    print "```"
    while ((getline line < shown) > 0) print line
    print "```"
  }' README.md >"$out/README.md"
cat "$out/README.md" >README.md
echo "README.md holds $(wc -l <"$out/shown") of the $(wc -l <"$out/answer") lines that $program demo prints"
