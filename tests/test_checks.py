#!/usr/bin/env python3
"""The checks of includes and docs find what they are for: each is run on a small repository with one mistake."""
import pathlib
import tempfile
import unittest

import check_docs
import check_layers

ROOMS = "\n".join(f"lodestone_room({room})" for room in check_layers.FLOORS if room not in ("market", "store"))
CMAKE = ROOMS + "\nlodestone_room(market ROOMS base LIBRARIES Eigen3::Eigen)\nlodestone_room(store ROOMS base market world)\n"


class Repository(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name).resolve()
        self.write("CMakeLists.txt", CMAKE)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Layers(Repository):
    def includes(self, name, text):
        self.write(f"src/lodestone/{name}", text)
        return list(check_layers.wrong_includes(self.root))

    def links(self, old, new):
        self.assertIn(old, CMAKE)
        self.write("CMakeLists.txt", CMAKE.replace(old, new))
        return list(check_layers.wrong_links(self.root))

    def test_a_room_may_use_itself_and_what_is_below(self):
        text = '#include "lodestone/market/a.hpp"\n#include "lodestone/base/b.hpp"\n#include <vector>\n#include <Eigen/Dense>\n'
        self.assertEqual(self.includes("market/a.cpp", text), [])
        self.assertEqual(list(check_layers.wrong_links(self.root)), [])

    def test_an_include_of_a_room_above_is_found_with_its_line(self):
        found = self.includes("market/a.cpp", '// one\n  #  include "lodestone/world/world.hpp"\n')
        self.assertEqual(len(found), 1)
        self.assertIn("a.cpp:2: market/ may not include world/", found[0])

    def test_headers_and_folders_inside_a_room_count_too(self):
        self.assertEqual(len(self.includes("base/inner/a.hpp", "#include <lodestone/app/app.hpp>\n")), 1)

    def test_forbidden_neighbours_are_found(self):
        self.assertEqual(len(self.includes("store/a.cpp", '#include "lodestone/dataset/dataset.hpp"\n')), 1)
        self.assertEqual(len(self.includes("dynamics/a.cpp", '#include "lodestone/dataset/dataset.hpp"\n')), 2)

    def test_unknown_rooms_are_found(self):
        self.assertEqual(len(self.includes("market/a.cpp", '#include "lodestone/utils/x.hpp"\n')), 1)
        self.assertEqual(len(self.includes("utils/x.cpp", "int x;\n")), 2)

    def test_a_library_of_another_floor_is_found(self):
        for text in ("#include <Eigen/Dense>", "#include <fstream>", "#include <toml++/toml.h>", "#include <sqlite3.h>"):
            self.assertEqual(len(self.includes("world/a.cpp", text + "\n")), 1, text)

    def test_links_against_the_order_are_found(self):
        self.assertEqual(len(self.links("market ROOMS base", "market ROOMS base world")), 1)
        self.assertEqual(len(self.links("base market world)", "base market world dataset)")), 1)
        self.assertEqual(len(self.links("base market world)", "base market world LIBRARIES Eigen3::Eigen)")), 1)
        self.assertEqual(len(self.links("Eigen3::Eigen", "Unheard::Of")), 1)

    def test_a_room_without_a_target_is_found(self):
        self.assertEqual(len(self.links("lodestone_room(insight)\n", "")), 1)


class Docs(Repository):
    def links(self, text):
        self.write("docs/page.md", text)
        return list(check_docs.wrong_links(self.root))

    def names(self, name, text):
        self.write(name, text)
        return list(check_docs.wrong_names(self.root))

    def test_links_that_hold_pass(self):
        self.write("README.md", "# Top\n\n## 2. One month: it clears\n")
        text = "# A\n[up](../README.md) [there](../README.md#2-one-month-it-clears) [here](#a) [out](https://example.org/x)\n"
        self.assertEqual(self.links(text), [])

    def test_a_link_to_nothing_is_found_with_its_line(self):
        found = self.links("# A\n\n```\n[in code](never)\n```\n[gone](gone.md)\n")
        self.assertEqual(len(found), 1)
        self.assertIn("docs/page.md:6: link to gone.md", found[0])

    def test_a_link_out_of_the_repository_is_found(self):
        self.assertEqual(len(self.links("[out](../../somewhere)\n")), 1)

    def test_a_link_to_a_missing_heading_is_found(self):
        self.write("README.md", "# Top\n")
        self.assertEqual(len(self.links("[a](../README.md#bottom) [b](#nowhere)\n")), 2)

    def test_pictures_are_links(self):
        self.assertEqual(len(self.links("![a plot](plot.png)\n")), 1)

    def test_named_files_must_exist(self):
        self.write("docs/model.md", "# Model\n")
        self.assertEqual(self.names("src/a.cpp", "// Source: docs/model.md section 2. See docs/*.md and tests/<room>.\n"), [])
        self.assertEqual(len(self.names("src/b.cpp", "// Source: docs/modell.md.\n")), 1)

    def test_names_may_be_relative_to_the_page(self):
        self.write("tests/scripts/run.sh", "")
        self.assertEqual(self.names("tests/README.md", "see scripts/run.sh\n"), [])
        self.assertEqual(len(self.names("README.md", "see scripts/run.sh\n")), 1)


if __name__ == "__main__":
    unittest.main()
