#!/usr/bin/env python3
"""Fails when a room includes a room above it, or a library that its floor may not know."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "src" / "lodestone"
# Floors from the ground up; rooms may include themselves and what stands earlier in this list.
FLOORS = ["base", "market", "world", "dataset", "dynamics", "policy", "simulation", "store", "insight", "app"]
# Neighbours that must not know each other although one stands higher.
FORBIDDEN = {"dynamics": {"dataset"}, "simulation": {"dataset"}, "store": {"dataset", "policy", "dynamics"}}
# Headers that belong to one room only: files stay in dataset and store, solvers in market.
LIBRARIES = {
    "toml++": {"dataset", "policy", "app"}, "csv.h": {"dataset"}, "sqlite3.h": {"store"}, "netcdf.h": {"store"},
    "Eigen": {"market"}, "CLI": {"app"}, "spdlog": {"app"}, "fstream": {"dataset", "store", "app", "insight"},
    "nlohmann": {"store", "insight", "app"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def problems(root):
    for path in sorted(root.rglob("*.[ch]pp")):
        room = path.relative_to(root).parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match.group(1)
            if target.startswith("lodestone/"):
                used = target.split("/")[1]
                if used not in FLOORS:
                    yield f"{path}:{number}: unknown room '{used}'"
                elif FLOORS.index(used) > FLOORS.index(room) or used in FORBIDDEN.get(room, ()):
                    yield f"{path}:{number}: {room}/ may not include {used}/"
            for library, rooms in LIBRARIES.items():
                if target.split("/")[0] == library and room not in rooms:
                    yield f"{path}:{number}: {room}/ may not use {library}"


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    found = list(problems(root))
    print("\n".join(found) if found else f"{sum(1 for _ in root.rglob('*.[ch]pp'))} files keep the order of the house")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
