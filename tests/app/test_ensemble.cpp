// Ensembles as a user makes them: stopped, killed and gone on with, to the same bits.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "tests/app/ensembles.hpp"

namespace lodestone::app {
namespace {

namespace fs = std::filesystem;

class KilledEnsembles : public Ensembles {
 protected:
  // Starts the program, kills it after a while; true when it was killed before it ended.
  bool killed(const std::string& words, int milliseconds) const {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("LODESTONE_OUT", out_.path().c_str(), 1);
      if (::chdir(LODESTONE_SOURCE_DIR) != 0) ::_exit(9);
      const std::string line = "exec '" + program_ + "' " + words + " >/dev/null 2>&1";
      ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      ::_exit(9);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  }
};

TEST_F(Ensembles, AnswerInWordsAndAsJson) {
  const auto words = run(kWords_);
  expect(words, 0, "40 futures of 24 months");
  EXPECT_NE(words.text.find("rank correlation"), std::string::npos);
  const auto json = run(kWords_ + " --json");
  EXPECT_EQ(json.code, 0);
  EXPECT_TRUE(nlohmann::json::accept(json.text)) << json.text.substr(0, 300);
  const auto one = content(folder(1)), two = content(folder(2));
  EXPECT_EQ(one.code, 0) << one.text;
  EXPECT_EQ(one.text, two.text);
  expect(run("why r0001 --product dy-oxide --region FAR --date 2024-05"), 2, "is an ensemble");
}

TEST_F(KilledEnsembles, GoOnFromAnyMomentToTheSameBits) {
  expect(run(kWords_), 0, "Answer");
  const std::string whole = content(folder(1)).text;
  std::mt19937 random(20261125);
  int kills = 0, complete = 0;
  bool open = false;  // the newest run can be gone on with
  for (int i = 0; i < 50; ++i) {
    const int pause = 15 + static_cast<int>(random() % 60);
    const std::string newest = name(complete + 2);
    kills += killed(open ? "resume " + newest + " --threads 2" : kWords_, pause) ? 1 : 0;
    // Killed before its row was written it is no run, and its number is free.
    open = run("runs --ids").text.find(newest) != std::string::npos;
    if (!open || !fs::exists(folder(complete + 2) / "ensemble.nc")) continue;
    ASSERT_EQ(content(folder(complete + 2)).text, whole);
    ++complete;
    open = false;
  }
  EXPECT_GT(kills, 20);
  if (open) {
    expect(run("resume " + name(complete + 2)), 0, "Answer");
    EXPECT_EQ(content(folder(complete + 2)).text, whole);
  }
}

TEST_F(Ensembles, AMemberAloneIsARunWithTheBitsOfTheEnsemble) {
  expect(run(kWords_), 0, "Answer");
  expect(run("run r0001 --member 17"), 0, "Answer");
  const auto same = python(
      "import sys, xarray, numpy\n"
      "ensemble, run = xarray.open_dataset(sys.argv[1]), xarray.open_dataset(sys.argv[2])\n"
      "one = run.price.sel(product='dy-oxide', region='FAR').values\n"
      "all = ensemble.price_dy_oxide_FAR.values\n"
      "assert one.dtype == numpy.float64 and one.shape == (24,)\n"
      "print([m for m in range(40) if (all[m] == one.astype(numpy.float32)).all()], run.attrs['title'])\n",
      {folder(1) / "ensemble.nc", folder(2) / "results.nc"});
  EXPECT_NE(same.text.find("[17] Toy licence, future 17 of r0001-toy-ensemble"), std::string::npos) << same.text;
  expect(run("why r0002 --product dy-oxide --region FAR --date 2024-05"), 0, "rests on assumed");
  expect(run("report r0002"), 0, "report.html");
  expect(run("export r0002 --variable price"), 0, "dy-oxide");
}

TEST_F(Ensembles, AMemberOutOfRangeIsRefused) {
  expect(run(kWords_), 0, "Answer");
  expect(run("run r0001 --member 40"), 2, "expected 0 to 39");
  expect(run("run r0001 --member 3 --seed 5"), 2, "--seed with --member");
  expect(run("run tests/app/toy_ensemble.toml --data tests/insight/toy"), 0, "Answer");
  expect(run("run r0002 --member 3"), 2, "is no ensemble");
}

TEST_F(Ensembles, WrongInputIsTwo) {
  expect(run(kWords_ + " --sampling sobel"), 2, "did you mean 'sobol'");
  expect(run(kWords_ + " --keep 'prize(dy-oxide, FAR)'"), 2, "price");
  expect(run("resume r0009"), 2, "no runs");
  expect(run("uncertainty --data tests/insight/toy --json"), 0, "parameter risk-cover");
}

}  // namespace
}  // namespace lodestone::app
