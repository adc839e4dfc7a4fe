// The program as a user types it: exit codes and what it says.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/program.hpp"

namespace lodestone::app {
namespace {

TEST_F(Program, HelpAndVersionAnswer) {
  expect(run("--help"), 0, "Commands");
  expect(run("--version"), 0, "lodestone ");
  expect(run("run --help"), 0, "Examples");
  expect(run("market --help"), 0, "market solve");
  expect(run(""), 2, "Commands");
}

TEST_F(Program, WrongInputIsTwoAndNamesTheNearest) {
  expect(run("rn reference"), 2, "did you mean 'run'");
  expect(run("run"), 2, "SCENARIO is missing");
  expect(run("run referenc"), 2, "did you mean 'reference'");
  expect(run("run reference --months -3"), 2, "--months");
  expect(run("run reference --data nowhere"), 2, "nowhere");
  expect(run("runs --log loud"), 2, "--log 'loud'");
  expect(run("why latest --product x --region y --date 2025-01"), 2, "no runs");
  expect(run("completion fish"), 2, "bash or zsh");
  expect(run("levers export-licens"), 2, "did you mean 'export-licence'");
}

TEST_F(Program, CompletionScriptIsSoundBash) {
  const auto script = run("completion bash");
  EXPECT_EQ(script.code, 0);
  const auto file = out_.path() / "completion.bash";
  std::ofstream(file) << script.text;
  EXPECT_EQ(std::system(("bash -n '" + file.string() + "'").c_str()), 0);
}

TEST_F(Program, ARunCanBeListedExplainedComparedAndExported) {
  expect(run("run reference --months 4"), 0, "Question");
  expect(run("run reference --months 4 --seed 2"), 0, "Answer");
  expect(run("runs"), 0, "complete");
  for (const char* words : {"runs --json", "why latest --product dysprosium-oxide --region JPN --date 2025-02 --json",
                            "compare r0001 r0002 --json", "export latest --format json --product dysprosium-oxide",
                            "export latest --list --json", "levers --json"}) {
    const auto answer = run(words);
    EXPECT_EQ(answer.code, 0) << words << "\n" << answer.text;
    EXPECT_TRUE(nlohmann::json::accept(answer.text)) << words << "\n" << answer.text.substr(0, 400);
  }
  expect(run("export latest --product dysprosium-oxide --region CHN"), 0, "month,product,region,value (USD/t)");
  expect(run("compare r0001 r0002"), 0, "seed");
  expect(run("why latest --product disprosium-oxide --region DEU --date 2025-02"), 2,
         "did you mean 'dysprosium-oxide'");
  expect(run("why latest --product dysprosium-oxide --region DEX --date 2025-02"), 2, "did you mean 'DEU'");
  expect(run("why latest --product dysprosium-oxide --region DEU --date 2031-02"), 2, "expected");
  expect(run("why r00 --product dysprosium-oxide --region DEU --date 2025-02"), 2, "several begin so");
  expect(run("export latest --variable prise"), 2, "did you mean 'price'");
  expect(run("export latest --end-use magnets"), 2, "--end-use");
  expect(run("run reference --months 2 --demand-growth high"), 0, "Answer");
  expect(run("compare r0001 latest"), 0, "demand growth");
  expect(run("run reference --months 2 --demand-growth highest"), 2, "expected one of none, central");
}

TEST_F(Program, RunsStartFromTheBaseYearThatIsAskedFor) {
  expect(run("check --base-year 2009"), 0, "base year 2009");
  expect(run("check --base-year 1999"), 2, "a year that the dataset is made for: 2009, ");
  expect(run("run reference-2009 --months 2 --base-year 2024"), 2, "has base-year = 2009");
  expect(run("run reference --months 2 --base-year 2009"), 0, "Answer");
  expect(run("run reference-2009 --months 2"), 0, "Answer");
  expect(run("why r0002 --product dysprosium-oxide --region JPN --date 2010-02"), 0, "Question");
}

TEST_F(Program, RunsKnowTheirDateAndOverlaysAndCanBeReplayed) {
  expect(run("check --as-of 1960"), 2, "nothing is known as of 1960-12-31");
  expect(run("check --as-of soon"), 2, "expected a date such as");
  expect(run("run reference --months 2 --overlay nowhere"), 2, "nowhere: error: no such folder");
  expect(run("check --overlay docs/overlays/manufacturer"), 0, "Overlay 'manufacturer'");
  expect(run("run reference --months 2 --as-of 2099-12 --overlay docs/overlays/manufacturer"), 0, "Answer");
  expect(run("run reference --months 2"), 0, "Answer");
  expect(run("runs"), 0, "manufacturer");
  expect(run("runs"), 0, "2099-12-31");
  expect(run("compare r0001 r0002"), 0, "overlays");
  expect(run("why r0001 --product dysprosium-oxide --region JPN --date 2025-02"), 0, "Question");
}

TEST_F(Program, ResultsThatWereDamagedAreNamed) {
  expect(run("run reference --months 2"), 0, "Answer");
  const auto results = out_.path() / "runs" / "r0001-reference" / "results.nc";
  std::filesystem::resize_file(results, std::filesystem::file_size(results) / 2);
  expect(run("export latest"), 2, "truncated");
}

TEST_F(Program, CtrlCKeepsTheMonthsDone) {
  // The shell's child gets the signal as soon as the catalogue lists the run.
  const auto answer =
      run("run reference --months 600 & pid=$!; for i in $(seq 200); do sleep 0.02; [ -e '" + out_.path().string() +
          "/runs/r0001-reference/results.nc.part' ] && break; done; sleep 0.1; kill -INT $pid; wait $pid");
  EXPECT_EQ(answer.code, 130) << answer.text;
  expect(run("runs"), 0, "interrupted");
  expect(run("export latest --variable certificate_worst"), 0, "month,value");
}

}  // namespace
}  // namespace lodestone::app
