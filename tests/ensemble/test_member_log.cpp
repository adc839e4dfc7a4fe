// Finished futures survive whatever stops the program, and damage is noticed.
#include <gtest/gtest.h>

#include <fstream>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/ensemble/member_log.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::ensemble {
namespace {

namespace fs = std::filesystem;

class Log : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "members.log";

  void write(int from, int to) const {
    MemberLog log(file_, "identity");
    for (int i = from; i < to; ++i) log.add(member(i));
    log.sync();
  }
  static Member member(int i) {
    if (i % 5 == 4) return {static_cast<std::uint32_t>(i), "month 2025-03 missed its certificate", {}};
    return {static_cast<std::uint32_t>(i), "", {i + 0.5, 1e300 * i, -1.0 / (i + 1)}};
  }
  std::string bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& text) const { std::ofstream(file_, std::ios::binary) << text; }
  void expect_members(int count) const {
    MemberReader reader({file_}, "identity");
    ASSERT_EQ(reader.present().size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      const Member expected = member(i);
      EXPECT_EQ(reader.failure(i), expected.failure);
      std::vector<double> values(expected.values.size());
      reader.read(i, 0, values);
      EXPECT_EQ(values, expected.values);
    }
  }
};

TEST_F(Log, HasOneWriterAtATime) {
  {
    const MemberLog log(file_, "identity");
    EXPECT_THROW(MemberLog(file_, "identity"), base::InputError);
  }
  write(0, 12);
  expect_members(12);
}

TEST_F(Log, IsReadBackAsWritten) {
  write(0, 12);
  expect_members(12);
  std::vector<double> middle(1);
  MemberReader({file_}, "identity").read(3, 2, middle);
  EXPECT_EQ(middle[0], -0.25);
}

TEST_F(Log, GoesOnWhereItStoppedHoweverItWasCut) {
  write(0, 6);
  const std::string whole = bytes();
  fs::remove(file_);
  write(0, 5);
  const std::size_t before = bytes().size();
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    put(whole.substr(0, cut));
    MemberLog log(file_, "identity");
    const std::size_t kept = log.present().size();
    ASSERT_LE(kept, 5U);
    if (cut >= before) {
      ASSERT_EQ(kept, 5U);
    }
    for (std::size_t i = kept; i < 6; ++i) log.add(member(static_cast<int>(i)));
    ASSERT_EQ(bytes(), whole) << cut;
  }
}

TEST_F(Log, EveryFlippedBitIsNoticedAndNamed) {
  write(0, 5);
  const std::string whole = bytes();
  for (std::size_t byte = 0; byte < whole.size(); ++byte) {
    std::string damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    put(damaged);
    try {
      const MemberReader reader({file_}, "identity");
      ADD_FAILURE() << "byte " << byte << " was not noticed";
    } catch (const base::InputError& error) {
      ASSERT_NE(std::string(error.what()).find("members.log"), std::string::npos);
    }
  }
}

TEST_F(Log, RefusesAnotherEnsembleAndAnotherFile) {
  write(0, 2);
  EXPECT_THROW(MemberLog(file_, "another"), base::InputError);
  EXPECT_THROW(MemberReader({file_}, "another"), base::InputError);
  put("no log at all, but long enough to hold one: ....................................");
  EXPECT_THROW(MemberLog(file_, "identity"), base::InputError);
}

TEST_F(Log, AFullDiskIsSaidAndLeavesWhatWasThere) {
  // /dev/full takes nothing.
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  fs::create_symlink("/dev/full", file_);
  try {
    MemberLog log(file_, "identity");
    FAIL() << "nothing was said";
  } catch (const std::exception& error) {
    EXPECT_NE(std::string(error.what()).find("members.log"), std::string::npos);
  }
}

TEST_F(Log, SeveralProcessesAreReadAsOne) {
  write(0, 3);
  const fs::path second = folder_.path() / "members-2.log";
  {
    MemberLog log(second, "identity");
    for (int i = 2; i < 6; ++i) log.add(member(i));  // 2 was made twice
  }
  MemberReader reader({file_, second}, "identity");
  EXPECT_EQ(reader.present(), (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5}));
}

}  // namespace
}  // namespace lodestone::ensemble
