// The program is killed while it runs a scenario: the catalogue stays whole and says what became of the run.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "lodestone/store/catalogue.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/store/run_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::store {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Starts `lodestone run reference` into `out`, silent.
pid_t start(const char* program, const fs::path& out) {
  const std::string source = LODESTONE_SOURCE_DIR;
  const std::string data = source + "/data", scenario = source + "/scenarios/reference.toml";
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::execl(program, "lodestone", "run", scenario.c_str(), "--data", data.c_str(), "--out", out.c_str(),
          static_cast<char*>(nullptr));
  ::_exit(127);
}

std::string integrity(const fs::path& file) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  std::string answer;
  sqlite3_exec(
      db, "PRAGMA integrity_check",
      [](void* text, int, char** values, char**) {
        *static_cast<std::string*>(text) += values[0];
        return 0;
      },
      &answer, nullptr);
  sqlite3_close(db);
  return answer;
}

TEST(Kill, AtTwentyMomentsLeavesTheCatalogueWhole) {
  const char* program = std::getenv("LODESTONE");
  if (program == nullptr) GTEST_SKIP() << "LODESTONE does not name the program";
  const test::TemporaryFolder out;

  const auto begin = Clock::now();
  int status = 0;
  ::waitpid(start(program, out.path()), &status, 0);
  ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the scenario must run to its end when left alone";
  const auto whole = Clock::now() - begin;

  constexpr int kMoments = 20;
  int killed = 0;
  for (int moment = 0; moment < kMoments; ++moment) {
    const pid_t pid = start(program, out.path());
    ASSERT_GT(pid, 0);
    std::this_thread::sleep_for(whole * (moment + 1) / (kMoments + 1));
    ::kill(pid, SIGKILL);
    ::waitpid(pid, &status, 0);
    if (WIFSIGNALED(status)) ++killed;
    ASSERT_EQ(integrity(out.path() / "catalogue.sqlite"), "ok") << "at moment " << moment;
    const Catalogue catalogue(out.path());
    for (const auto& run : catalogue.runs()) {
      EXPECT_TRUE(run.status == Status::incomplete || run.status == Status::complete)
          << run.id << " is " << to_string(run.status);
      const RunFolder folder(out.path(), run.id);
      // Results carry their name only when they are whole.
      if (run.status == Status::complete) {
        EXPECT_EQ(static_cast<int>(Results(folder.results()).months().size()), run.months);
      } else if (fs::exists(folder.results())) {
        EXPECT_NO_THROW(Results{folder.results()});
      }
    }
  }
  // A machine that was busy at first and idle later has finished by the later moments.
  EXPECT_GE(killed, kMoments / 4) << "the kills must meet the program while it works";
  const Catalogue catalogue(out.path());
  const auto runs = catalogue.runs();
  EXPECT_EQ(
      std::count_if(runs.begin(), runs.end(), [](const RunRow& run) { return run.status == Status::incomplete; }) > 0,
      true);

  // And the next run is none the worse for it.
  ::waitpid(start(program, out.path()), &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_EQ(Catalogue(out.path()).find("latest").status, Status::complete);
}

}  // namespace
}  // namespace lodestone::store
