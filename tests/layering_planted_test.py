"""Tests the layering test: every kind of offence, planted in a small house of its own, must be named."""

import pathlib
import tempfile
import unittest

import layering_test

CMAKE = """
sala_room(platform/base)
sala_room(platform/sqlite sala_platform_base PkgConfig::sqlite3)
sala_room(sync/record sala_platform_base)  # a comment (with brackets)
sala_room(sync/ledger sala_platform_base)
sala_room(kiosk/flow sala_platform_base sala_sync_record)
sala_room(kiosk/app sala_kiosk_flow)
sala_program(sala-kiosk kiosk/app/main.cpp sala_kiosk_app)
"""
ROOMS = ["platform/base", "platform/sqlite", "sync/record", "sync/ledger", "kiosk/flow", "kiosk/app"]
CLEAN = {
    "ARCHITECTURE.md": "".join(f"| `{room}/` | holds | |\n" for room in ROOMS),
    "CMakeLists.txt": CMAKE,
    "platform/clock.h": '#pragma once\n#include "platform/base/result.h"\n',
    "platform/base/result.h": "#pragma once\n#include <string>\n",
    "platform/sqlite/database.h": "#pragma once\n",
    "platform/sqlite/database.cpp": '#include "platform/sqlite/database.h"\n#include <sqlite3.h>\n',
    "sync/record/office.h": '#pragma once\n#include "platform/base/result.h"\n',
    "sync/ledger/tree.h": "#pragma once\n",
    "kiosk/flow/react.h": '#pragma once\n#include "sync/record/office.h"\n#include "platform/clock.h"\n',
    "kiosk/app/main.cpp": '#include "kiosk/flow/react.h"\n#include <CLI/CLI.hpp>\n',
    "tests/sync/ledger/tree_test.cpp": '#include <sqlite3.h>\n#include "kiosk/flow/react.h"\n',
}


class Planted(unittest.TestCase):
    def offences(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**CLEAN, **changes}.items():
                file = pathlib.Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            return layering_test.House(folder).check()

    def test_a_clean_house_has_no_offence(self):
        self.assertEqual(self.offences({}), [])

    def test_a_foreign_header_away_from_home(self):
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": "\n#include <sqlite3.h>\n"}),
            ["kiosk/flow/x.cpp:2: kiosk/flow must not include sqlite3.h; its only home is platform/sqlite"],
        )

    def test_every_foreign_library_is_held_to_its_home(self):
        headers = {
            "sodium.h": "platform/crypto",
            "pango/pangocairo.h": "platform/paint",
            "cairo-pdf.h": "platform/paint",
            "qrencode.h": "platform/paint",
            "zbar.h": "platform/paint",
            "thai/thwbrk.h": "platform/paint",
            "SDL.h": "platform/linux",
            "SDL2/SDL_events.h": "platform/linux",
            "toml++/toml.h": "sync/record",
            "simdjson.h": "sync/ledger",
            "imgui.h": "kiosk/ui",
            "libpq-fe.h": "platform/postgres",
            "microhttpd.h": "platform/http",
            "curl/curl.h": "platform/http",
            "gnutls/x509.h": "platform/http",
        }
        for header, home in headers.items():
            with self.subTest(header):
                self.assertEqual(
                    self.offences({"kiosk/flow/x.h": f"#pragma once\n#include <{header}>\n"}),
                    [f"kiosk/flow/x.h:2: kiosk/flow must not include {header}; its only home is {home}"],
                )

    def test_a_foreign_header_in_quotes_is_foreign_too(self):
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": '#include "imgui.h"\n'}),
            ["kiosk/flow/x.cpp:1: kiosk/flow must not include imgui.h; its only home is kiosk/ui"],
        )

    def test_an_arrow_upward(self):
        self.assertEqual(
            self.offences({"sync/record/x.cpp": '#include "kiosk/flow/react.h"\n'}),
            [
                "sync/record/x.cpp:1: sync/record must not include kiosk/flow/react.h: "
                "arrows run only downward, kiosk -> sync -> platform"
            ],
        )

    def test_a_room_that_the_cmake_line_does_not_name(self):
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": '#include "sync/ledger/tree.h"\n'}),
            [
                "kiosk/flow/x.cpp:1: kiosk/flow must not include sync/ledger/tree.h; "
                "its line in CMakeLists.txt lets it use platform/base, sync/record"
            ],
        )

    def test_an_interface_of_the_platform_that_looks_into_a_room(self):
        self.assertEqual(
            self.offences({"platform/clock.h": '#pragma once\n#include "platform/sqlite/database.h"\n'}),
            [
                "platform/clock.h:2: the interfaces of platform/ may include only platform/base, "
                "not platform/sqlite/database.h"
            ],
        )

    def test_code_that_leans_on_tests(self):
        self.assertEqual(
            self.offences(
                {"kiosk/flow/x.cpp": '#include "tests/fake.h"\n', "tests/fake.h": "#pragma once\n"}
            ),
            ["kiosk/flow/x.cpp:1: kiosk/flow must not include tests/fake.h: only tests may use tests"],
        )

    def test_a_command_line_outside_the_mains(self):
        self.assertEqual(
            self.offences({"kiosk/app/x.cpp": "#include <CLI/CLI.hpp>\n"}),
            [
                "kiosk/app/x.cpp:1: kiosk/app must not include CLI/CLI.hpp; "
                "only kiosk/app/main.cpp and sync/office/main.cpp read a command line"
            ],
        )

    def test_an_include_that_does_not_start_at_the_root(self):
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": '#include "react.h"\n'}),
            ['kiosk/flow/x.cpp:1: "react.h" must be written from the root: "kiosk/flow/react.h"'],
        )
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": '#include "nowhere.h"\n'}),
            ['kiosk/flow/x.cpp:1: "nowhere.h" is not in this house; a foreign header stands in <>'],
        )

    def test_a_file_that_is_too_long(self):
        self.assertEqual(self.offences({"kiosk/flow/x.cpp": "\n" * 400}), [])
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": "\n" * 401}),
            ["kiosk/flow/x.cpp: 401 lines; the limit is 400: it holds more than one thing"],
        )

    def test_a_line_that_is_too_wide_and_marks_that_take_no_width(self):
        self.assertEqual(self.offences({"kiosk/flow/x.cpp": "//" + "น้ำ" * 50 + "\n"}), [])
        self.assertEqual(
            self.offences({"kiosk/flow/x.cpp": "\n//" + "x" * 109 + "\n"}),
            ["kiosk/flow/x.cpp:2: 111 columns; the limit is 110"],
        )

    def test_work_left_over(self):
        word = "TO" + "DO"
        self.assertEqual(
            self.offences({"sync/record/x.cpp": f"// {word}: count twice\n"}),
            [f"sync/record/x.cpp:1: {word} left over: do it, or write an issue"],
        )

    def test_a_header_that_may_be_read_twice(self):
        self.assertEqual(
            self.offences({"sync/record/x.h": "int x;\n"}), ["sync/record/x.h: a header needs #pragma once"]
        )

    def test_code_in_a_room_that_is_not_built(self):
        self.assertEqual(
            self.offences({"sync/cellar/x.cpp": "int x;\n"}),
            ["sync/cellar: holds code, but CMakeLists.txt declares no such room"],
        )

    def test_a_room_that_the_plan_does_not_know(self):
        self.assertEqual(
            self.offences({"CMakeLists.txt": CMAKE + "sala_room(kiosk/attic)\n"}),
            ["CMakeLists.txt: kiosk/attic is not in the table of rooms in ARCHITECTURE.md"],
        )

    def test_a_room_built_against_the_levels(self):
        line = "sala_room(sync/record sala_platform_base)"
        upward = CMAKE.replace(line, "sala_room(sync/record sala_kiosk_flow)")
        self.assertIn(
            "CMakeLists.txt:4: sync/record uses sala_kiosk_flow, which no line above it declares",
            self.offences({"CMakeLists.txt": upward}),
        )
        late = CMAKE + "sala_room(platform/paint sala_kiosk_flow)\n"
        plan = CLEAN["ARCHITECTURE.md"] + "| `platform/paint/` | holds | |\n"
        self.assertEqual(
            self.offences({"CMakeLists.txt": late, "ARCHITECTURE.md": plan}),
            [
                "CMakeLists.txt:9: platform/paint must not use kiosk/flow: arrows run only downward",
                "CMakeLists.txt: rooms must be declared floor by floor: platform, sync, kiosk",
            ],
        )

    def test_a_sixth_folder(self):
        self.assertEqual(
            self.offences({"utils/x.txt": "", "build/x.txt": ""}),
            ["utils: the house has five top-level folders: assets, kiosk, platform, sync, tests"],
        )


if __name__ == "__main__":
    unittest.main()
