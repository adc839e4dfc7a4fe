#!/usr/bin/env bash
# Runs clang-tidy on src/, two files at a time or as many as there are processors.
#   scripts/clang_tidy.sh changed [BASE]   files that differ from BASE (origin/main, else main, when not given), and those that include them
#   scripts/clang_tidy.sh rooms ROOM...    every file of these rooms
#   scripts/clang_tidy.sh all
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_debian_packages.sh build test lint
[ -f build/release/compile_commands.json ] || cmake --preset release -D LODESTONE_TESTS=ON -D LODESTONE_BENCH=ON

mapfile -t sources < <(find src -name '*.cpp')
case ${1:-} in
  all) files=("${sources[@]}") ;;
  rooms) mapfile -t files < <(find "${@:2}" -name '*.cpp') ;;
  changed)
    base=$(git merge-base HEAD "${2:-origin/main}" 2>/dev/null || git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
    mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" -- src; git ls-files --others --exclude-standard src)
    files=()
    for source in "${sources[@]}" "${changed[@]}"; do
      [[ $source == *.cpp ]] || continue
      for file in "${changed[@]}"; do
        # A source counts when it changed itself or includes a header that did.
        if [ "$source" = "$file" ] || { [[ $file == *.hpp ]] && grep -q "\"${file#src/}\"" "$source"; }; then
          files+=("$source")
          break
        fi
      done
    done
    ;;
  *)
    echo "usage: $0 changed [BASE] | rooms ROOM... | all" >&2
    exit 2
    ;;
esac

if [ ${#files[@]} -eq 0 ]; then
  echo "clang-tidy: nothing to check"
  exit 0
fi
printf '%s\n' "${files[@]}" | sort -u >build/tidy_files
echo "clang-tidy: $(wc -l <build/tidy_files) files"
xargs --max-procs="$(nproc)" --max-args=1 clang-tidy --quiet -p build/release <build/tidy_files
echo "clang-tidy: clean"
