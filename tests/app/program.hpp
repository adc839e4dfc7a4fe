// The program as a user types it, for tests.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace lodestone::app {

struct Answer {
  int code = -1;
  std::string text;  // standard output and error together
};

/// Every test has an empty folder for its runs and files, out_.
class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* program = std::getenv("LODESTONE");
    if (program == nullptr) GTEST_SKIP() << "LODESTONE does not name the program";
    program_ = program;
  }
  Answer run(const std::string& words) const { return run_by("", words); }
  // The same, started by another program.
  Answer run_by(const std::string& starter, const std::string& words) const {
    const auto line = "cd '" LODESTONE_SOURCE_DIR "' && LODESTONE_OUT='" + out_.path().string() + "' " + starter +
                      " '" + program_ + "' " + words + " 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    Answer answer;
    char buffer[4096];
    while (const auto count = std::fread(buffer, 1, sizeof buffer, pipe)) answer.text.append(buffer, count);
    const int status = ::pclose(pipe);
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return answer;
  }
  static void expect(const Answer& answer, int code, const std::string& words) {
    EXPECT_EQ(answer.code, code) << answer.text;
    EXPECT_NE(answer.text.find(words), std::string::npos) << answer.text;
  }
  std::string program_;
  test::TemporaryFolder out_;
};

}  // namespace lodestone::app
