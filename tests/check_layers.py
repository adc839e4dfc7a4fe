#!/usr/bin/env python3
"""Fails when a room includes or links a room above it, or a library that its floor may not know."""
import pathlib
import re
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
# Floors from the ground up; rooms may include themselves and what stands earlier in this list.
FLOORS = ["base", "explore", "market", "world", "dataset", "dynamics", "policy", "simulation", "store", "ensemble", "insight", "app"]
# Neighbours that must not know each other although one stands higher; explore is for insight alone.
FORBIDDEN = {"market": {"explore"}, "world": {"explore"}, "dataset": {"explore"}, "dynamics": {"dataset", "explore"},
             "policy": {"explore"}, "simulation": {"dataset", "explore"},
             "store": {"dataset", "policy", "dynamics", "explore"},
             "ensemble": {"explore", "market", "world", "dataset", "dynamics", "policy", "simulation"}}
# Headers that belong to some rooms only: files stay in dataset and store, solvers in market.
HEADERS = {
    "toml++": {"dataset", "policy", "insight", "app"}, "csv.h": {"dataset"}, "openssl": {"dataset"}, "sqlite3.h": {"store"},
    "netcdf.h": {"store"}, "Eigen": {"market"}, "CLI": {"app"}, "spdlog": {"app"},
    "fstream": {"dataset", "store", "ensemble", "app", "insight"}, "nlohmann": {"store", "insight", "app"}, "nlopt.h": {"explore", "insight"},
    "Random123": {"base"}, "boost/random": {"ensemble"}, "boost/math": {"base", "explore"}, "zlib.h": {"ensemble"}, "mpi.h": {"ensemble"},
}
# The same for what a room's line in CMakeLists.txt links; a library that is not here is allowed to nobody.
TARGETS = {
    "fmt::fmt": set(FLOORS), "Eigen3::Eigen": {"market"}, "tomlplusplus::tomlplusplus": {"dataset", "policy", "insight", "app"},
    "csv": {"dataset"}, "OpenSSL::Crypto": {"dataset"}, "PkgConfig::SQLITE3": {"store"}, "PkgConfig::NETCDF": {"store"},
    "spdlog::spdlog": {"app"}, "CLI11::CLI11": {"app"},
    "nlohmann_json::nlohmann_json": {"store", "insight", "app"}, "PkgConfig::NLOPT": {"explore", "insight"},
    "ZLIB::ZLIB": {"ensemble"}, "Threads::Threads": {"ensemble"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
ROOM = re.compile(r"^\s*lodestone_room\(([^)]*)\)", re.MULTILINE)


def may_use(room, used):
    return FLOORS.index(used) <= FLOORS.index(room) and used not in FORBIDDEN.get(room, ())


def wrong_includes(repository):
    """Yields file:line: message for every include against the order."""
    root = repository / "src" / "lodestone"
    for path in sorted(root.rglob("*.[ch]pp")):
        room = path.relative_to(root).parts[0]
        if room not in FLOORS:
            yield f"{path}:1: a room that is on no floor: '{room}'"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            first, _, rest = match.group(1).partition("/")
            if first == "lodestone":
                used = rest.split("/")[0]
                if used not in FLOORS:
                    yield f"{path}:{number}: unknown room '{used}'"
                elif not may_use(room, used):
                    yield f"{path}:{number}: {room}/ may not include {used}/"
            elif room not in HEADERS.get(first, FLOORS):
                yield f"{path}:{number}: {room}/ may not use {first}"


def wrong_links(repository):
    """Yields file:line: message for every room or library that a room's line in CMakeLists.txt may not link."""
    path = repository / "CMakeLists.txt"
    text = path.read_text(encoding="utf-8")
    seen = set()
    for match in ROOM.finditer(text):
        number = text.count("\n", 0, match.start(1)) + 1
        room, *words = match.group(1).split()
        seen.add(room)
        if room not in FLOORS:
            yield f"{path}:{number}: a room that is on no floor: '{room}'"
            continue
        kind = None
        for word in words:
            if word in ("ROOMS", "LIBRARIES"):
                kind = word
            elif kind == "ROOMS" and (word not in FLOORS or word == room or not may_use(room, word)):
                yield f"{path}:{number}: {room}/ may not link {word}/"
            elif kind == "LIBRARIES" and room not in TARGETS.get(word, ()):
                yield f"{path}:{number}: {room}/ may not link {word}"
    for room in FLOORS:
        if room not in seen:
            yield f"{path}:1: no lodestone_room({room} ...)"


def main():
    repository = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY
    found = [*wrong_includes(repository), *wrong_links(repository)]
    count = sum(1 for _ in (repository / "src" / "lodestone").rglob("*.[ch]pp"))
    if count == 0:
        found.append(f"{repository}: no sources found")
    print("\n".join(found) if found else f"{count} files and {len(FLOORS)} rooms keep the order of the house")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
