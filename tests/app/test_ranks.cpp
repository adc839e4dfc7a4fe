// Ensembles made by several processes: the bits of one, and what is left when one of them is lost. Sanitizers report
// what Open MPI keeps for itself, so these run in the plain build.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <functional>
#include <thread>

#include "tests/app/ensembles.hpp"

#if defined(LODESTONE_MPIRUN) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace lodestone::app {
namespace {

namespace fs = std::filesystem;

class Ranks : public Ensembles {
 protected:
  void SetUp() override {
    Ensembles::SetUp();
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);  // as in a container
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    // The same futures as kWords_, more of them.
    many_ = kWords_.substr(0, kWords_.find("--members")) + "--members 1200 --threads 1";
  }
  Answer together(const std::string& words) const {
    return run_by("'" LODESTONE_MPIRUN "' --oversubscribe -n 2", words);
  }
  // The process of a rank of this test, by what mpirun put into its environment; 0 when there is none.
  pid_t process_of(int rank) const {
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const auto name = entry.path().filename().string();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      const auto environment = '\0' + bytes(entry.path() / "environ");
      const auto has = [&](const std::string& what) {
        return environment.find('\0' + what + '\0') != std::string::npos;
      };
      if (has("OMPI_COMM_WORLD_RANK=" + std::to_string(rank)) && has("LODESTONE_OUT=" + out_.path().string()))
        return std::stoi(name);
    }
    return 0;
  }
  static void wait_for(const std::function<bool()>& what) {
    for (int i = 0; i < 2000 && !what(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_TRUE(what());
  }
  // A rank is killed in the middle; then both go on.
  void lose(int rank, const std::string& other_says) {
    Answer answer;
    std::jthread started([&] { answer = together(many_); });
    wait_for([&] {
      const auto log = out_.path() / "runs" / "r0001-toy-ensemble" / "members-0001.log";
      return fs::exists(log) && fs::file_size(log) > 8000;
    });
    const pid_t lost = process_of(rank);
    EXPECT_NE(lost, 0);
    if (lost != 0) ::kill(lost, SIGKILL);
    started.join();
    EXPECT_NE(answer.code, 0);
    EXPECT_NE(answer.text.find(other_says), std::string::npos) << answer.text;
    EXPECT_NE(answer.text.find("'lodestone resume r0001-toy-ensemble' goes on"), std::string::npos) << answer.text;
    EXPECT_FALSE(fs::exists(folder(1) / "ensemble.nc"));
    expect(together("resume r0001"), 0, "1200 futures of 24 months");
    expect(run(many_), 0, "1200 futures of 24 months");
    EXPECT_TRUE(content(folder(1)).text == content(folder(2)).text);
  }
  std::string many_;
};

TEST_F(Ranks, MakeTheSameBitsAsOneProcess) {
  expect(together(kWords_), 0, "40 futures of 24 months");
  expect(run(kWords_), 0, "40 futures of 24 months");
  EXPECT_TRUE(fs::exists(folder(1) / "members-0001.log"));
  EXPECT_FALSE(fs::exists(folder(2) / "members-0001.log"));
  const auto one = content(folder(1));
  EXPECT_EQ(one.code, 0) << one.text;
  EXPECT_TRUE(one.text == content(folder(2)).text);
}

TEST_F(Ranks, AHelperThatIsKilledLeavesARunToGoOnWith) {
  lose(1, "rank 0 of 2: told to end");
}

TEST_F(Ranks, TheFirstThatIsKilledLeavesARunToGoOnWith) {
  lose(0, "rank 1 of 2: told to end");
}

TEST_F(Ranks, WhatGoesWrongElsewhereIsToldByTheFirst) {
  expect(run(kWords_), 0, "Answer");
  fs::remove(folder(1) / "members-0000.log");
  fs::create_directory(folder(1) / "members-0001.log");
  expect(together("resume r0001"), 1, "members-0001.log");
  fs::remove(folder(1) / "members-0001.log");
  expect(together("resume r0001"), 0, "Answer");
  expect(together("ensemble no-such-scenario"), 2, "scenario 'no-such-scenario'");
}

}  // namespace
}  // namespace lodestone::app

#endif
