#!/usr/bin/env python3
"""Fails when a page links to something that is not there, or when a page or a comment names a file that does not exist.

Checked: relative links and their anchors in Markdown pages; paths that pages and sources (but those of tests) name as
text, such as docs/model.md or tests/market. A path ends where its characters do; one with a wildcard or a <placeholder> is left alone.
"""
import pathlib
import re
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PAGES = ("*.md",)
SOURCES = ("*.cpp", "*.hpp", "*.py", "*.sh", "*.toml", "CMakeLists.txt", "*.cmake", "Makefile")
# Folders of the repository whose files may be named; out/ and build/ are made by commands.
NAMED = re.compile(r"(?<![\w./<>*{}$-])((?:docs|scenarios|tests|bench|scripts|cmake|src)/[\w./+-]*)(?![\w*<{$(])")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SKIPPED = {".git", "build", "out", "__pycache__"}


def files(repository, patterns):
    for pattern in patterns:
        for path in sorted(repository.rglob(pattern)):
            if path.is_file() and not SKIPPED.intersection(path.relative_to(repository).parts):
                yield path


def anchors(text):
    """The anchors that a forge makes of a page's headings: lower case, words joined by hyphens."""
    found = set()
    for heading in HEADING.findall(FENCE.sub("", text)):
        words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        found.add(words.replace(" ", "-"))
    return found


def blank(match):
    """A code block without its characters, so that line numbers stay."""
    return "\n" * match.group(0).count("\n")


def wrong_links(repository):
    for page in files(repository, PAGES):
        text = FENCE.sub(blank, page.read_text(encoding="utf-8"))
        for match in LINK.finditer(text):
            target = match.group(1) or match.group(2)
            if re.match(r"[a-z]+:", target):
                continue
            place = f"{page.relative_to(repository)}:{text.count(chr(10), 0, match.start()) + 1}"
            name, _, anchor = target.partition("#")
            goal = (page.parent / name).resolve() if name else page
            if not goal.is_relative_to(repository) or not goal.exists():
                yield f"{place}: link to {target}, which is not there"
            elif anchor and (goal.suffix != ".md" or anchor not in anchors(goal.read_text(encoding="utf-8"))):
                yield f"{place}: link to {target}: no such heading"


def wrong_names(repository):
    # Sources of tests make names up.
    sources = (p for p in files(repository, SOURCES) if p.relative_to(repository).parts[0] != "tests")
    for path in [*files(repository, PAGES), *sources]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in NAMED.findall(line):
                name = name.rstrip(".")
                if not any((start / name).exists() for start in (repository, path.parent)):
                    yield f"{path.relative_to(repository)}:{number}: names {name}, which is not there"


def main():
    repository = (pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY).resolve()
    found = [*wrong_links(repository), *wrong_names(repository)]
    pages = sum(1 for _ in files(repository, PAGES))
    if pages == 0:
        found.append(f"{repository}: no pages found")
    print("\n".join(found) if found else f"{pages} pages: every link and every named file is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
