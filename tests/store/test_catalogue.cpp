#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/catalogue.hpp"
#include "lodestone/store/run_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::store {
namespace {

namespace fs = std::filesystem;

RunRow row(const std::string& scenario) {
  RunRow made;
  made.scenario = scenario;
  made.title = "A title with 'quotes' and ümlauts";
  made.question = "What then?";
  made.dataset = "toy";
  made.dataset_hash = "0123456789abcdef";
  made.as_of = "2025-05-31";
  made.overlays = "my-plants";
  made.version = "0.0.1";
  made.seed = 7;
  made.start = base::Month::of(2025, 1);
  made.months = 12;
  return made;
}

std::string add_locked(Catalogue& catalogue, const std::string& scenario, RunLock& lock) {
  return catalogue.add(row(scenario), [&](const std::string& id) {
    const RunFolder folder(catalogue.folder(), id);
    fs::create_directories(folder.path());
    lock = RunLock(folder.lock());
  });
}

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const base::InputError& error) {
    return error.diagnostics().all().front().text();
  }
  return "no error";
}

TEST(Catalogue, KeepsWhatARunWas) {
  const test::TemporaryFolder out;
  std::string id;
  {
    Catalogue catalogue(out.path());
    RunLock lock;
    id = add_locked(catalogue, "licence-2025", lock);
    EXPECT_EQ(id, "r0001-licence-2025");
    EXPECT_EQ(catalogue.find(id).status, Status::running);
    catalogue.progress(id, 6);
    EXPECT_EQ(catalogue.find(id).months_done, 6);
    catalogue.finish(id, Status::complete, "", 12);
  }
  const Catalogue catalogue(out.path());
  const auto found = catalogue.find(id);
  EXPECT_EQ(found.status, Status::complete);
  EXPECT_EQ(found.months_done, 12);
  EXPECT_EQ(found.title, "A title with 'quotes' and ümlauts");
  EXPECT_EQ(found.seed, 7U);
  EXPECT_EQ(found.start, base::Month::of(2025, 1));
  EXPECT_EQ(found.dataset_hash, "0123456789abcdef");
  EXPECT_EQ(found.as_of, "2025-05-31");
  EXPECT_EQ(found.overlays, "my-plants");
  EXPECT_EQ(found.created.size(), std::string("2025-06-01T12:34:56Z").size());
}

TEST(Catalogue, FindsRunsByIdPrefixScenarioAndLatest) {
  const test::TemporaryFolder out;
  Catalogue catalogue(out.path());
  RunLock lock;
  const auto first = add_locked(catalogue, "reference", lock);
  catalogue.finish(first, Status::complete, "", 12);
  const auto second = add_locked(catalogue, "licence", lock);
  catalogue.finish(second, Status::complete, "", 12);
  EXPECT_EQ(catalogue.find("r0001").id, first);
  EXPECT_EQ(catalogue.find("latest").id, second);
  EXPECT_EQ(catalogue.find("reference").id, first);
  EXPECT_NE(message_of([&] { (void)catalogue.find("r0"); }).find("several"), std::string::npos);
  EXPECT_NE(message_of([&] { (void)catalogue.find("licens"); }).find("did you mean 'licence'"), std::string::npos);
}

TEST(Catalogue, SaysWhenThereIsNoRun) {
  const test::TemporaryFolder out;
  const Catalogue catalogue(out.path());
  EXPECT_NE(message_of([&] { (void)catalogue.find("latest"); }).find("no runs"), std::string::npos);
}

TEST(Catalogue, ShowsARunWhoseProcessIsGoneAsIncomplete) {
  const test::TemporaryFolder out;
  Catalogue catalogue(out.path());
  std::string id;
  {
    RunLock lock;
    id = add_locked(catalogue, "reference", lock);
  }
  EXPECT_EQ(catalogue.find(id).status, Status::incomplete);
}

TEST(Catalogue, NoRowWhenTheFolderCannotBeMade) {
  const test::TemporaryFolder out;
  Catalogue catalogue(out.path());
  EXPECT_THROW(catalogue.add(row("reference"), [](const std::string&) { throw std::runtime_error("disk full"); }),
               std::runtime_error);
  EXPECT_TRUE(catalogue.runs().empty());
}

TEST(Catalogue, LeavesAFolderWithoutARowAlone) {
  const test::TemporaryFolder out;
  fs::create_directories(out.path() / "runs" / "r0001-reference");
  Catalogue catalogue(out.path());
  RunLock lock;
  EXPECT_EQ(add_locked(catalogue, "reference", lock), "r0002-reference");
}

TEST(Catalogue, RefusesForeignAndNewerFiles) {
  const test::TemporaryFolder out;
  const auto file = out.path() / "catalogue.sqlite";
  { std::ofstream(file) << std::string(5000, 'x'); }
  EXPECT_NE(message_of([&] { Catalogue catalogue(out.path()); }).find("not a catalogue"), std::string::npos);
  fs::remove(file);
  const auto execute = [&](const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_open(file.c_str(), &db);
    sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    sqlite3_close(db);
  };
  execute("CREATE TABLE birds (name TEXT)");
  EXPECT_NE(message_of([&] { Catalogue catalogue(out.path()); }).find("another program"), std::string::npos);
  fs::remove(file);
  { Catalogue catalogue(out.path()); }
  execute("PRAGMA user_version = 99");
  EXPECT_NE(message_of([&] { Catalogue catalogue(out.path()); }).find("schema version 99"), std::string::npos);
}

TEST(Catalogue, OfTheFirstSchemaIsTakenOver) {
  const test::TemporaryFolder out;
  {
    Catalogue catalogue(out.path());
    RunLock lock;
    add_locked(catalogue, "reference", lock);
  }
  sqlite3* db = nullptr;
  sqlite3_open((out.path() / "catalogue.sqlite").c_str(), &db);
  sqlite3_exec(db, "ALTER TABLE runs DROP COLUMN as_of; ALTER TABLE runs DROP COLUMN overlays; PRAGMA user_version = 1",
               nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const Catalogue catalogue(out.path());
  ASSERT_EQ(catalogue.runs().size(), 1u);
  EXPECT_EQ(catalogue.runs()[0].id, "r0001-reference");
  EXPECT_TRUE(catalogue.runs()[0].as_of.empty());
}

TEST(Catalogue, TwoProcessesAddRunsAtOnce) {
  const test::TemporaryFolder out;
  constexpr int kEach = 15;
  std::vector<pid_t> children;
  for (int child = 0; child < 2; ++child) {
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      try {
        Catalogue catalogue(out.path());
        for (int i = 0; i < kEach; ++i) {
          RunLock lock;
          catalogue.finish(add_locked(catalogue, "reference", lock), Status::complete, "", 12);
        }
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const Catalogue catalogue(out.path());
  std::set<std::string> ids;
  for (const auto& run : catalogue.runs()) {
    ids.insert(run.id);
    EXPECT_EQ(run.status, Status::complete);
  }
  EXPECT_EQ(ids.size(), 2U * kEach);
}

TEST(RunLock, IsHeldByOneAndSeenByAll) {
  const test::TemporaryFolder out;
  const auto file = out.path() / "lock";
  EXPECT_FALSE(RunLock::held(file));
  {
    const RunLock lock(file);
    EXPECT_TRUE(RunLock::held(file));
    EXPECT_THROW(RunLock second(file), std::system_error);
  }
  EXPECT_FALSE(RunLock::held(file));
}

TEST(RunFolder, KeepsScenarioAndDatasetFiles) {
  const test::TemporaryFolder out, data;
  std::ofstream(data.path() / "dataset.toml") << "id = \"toy\"\n";
  std::ofstream(data.path() / "regions.csv") << "id\nA\n";
  std::ofstream(data.path() / "notes.txt") << "not part of it";
  const RunFolder folder(out.path(), "r0001-toy");
  folder.create("[run]\nmonths = 3\n", data.path());
  EXPECT_EQ(folder.scenario_text(), "[run]\nmonths = 3\n");
  EXPECT_TRUE(fs::exists(folder.data() / "dataset.toml"));
  EXPECT_TRUE(fs::exists(folder.data() / "regions.csv"));
  EXPECT_FALSE(fs::exists(folder.data() / "notes.txt"));
}

}  // namespace
}  // namespace lodestone::store
