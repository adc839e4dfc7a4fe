// The chronicle as a user meets it: lists, a row that is added whole or not at all, what an event did.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace lodestone::app {
namespace {

std::string slurp(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Chronicle : public Program {
 protected:
  [[nodiscard]] std::filesystem::path copy() const {
    const auto data = out_.path() / "data";
    std::filesystem::copy(LODESTONE_SOURCE_DIR "/data", data, std::filesystem::copy_options::recursive);
    return data;
  }
  [[nodiscard]] Answer add(const std::filesystem::path& data, const std::string& event, const std::string& more) const {
    return run("chronicle add " + event + " --data '" + data.string() +
               "' --valid-from 2026-08-01 --actors CHN --materials Dy --stage separated --act other --summary 'A "
               "speech, of \"two\" hours' --source 'Reuters 2026-08-01' --confidence high " +
               more);
  }
};

TEST_F(Chronicle, ListsAndFilters) {
  const auto answer = run("chronicle list --mineral Dy --actor CHN --lever export-licence --json");
  ASSERT_EQ(answer.code, 0) << answer.text;
  const auto events = nlohmann::json::parse(answer.text)["tables"]["events"]["rows"];
  ASSERT_EQ(events.size(), 1u);  // the licences of April 2025; the deal that freed magnets names rare earths as a whole
  EXPECT_EQ(events[0]["event"], "E154");
  EXPECT_EQ(events[0]["status"], "lever");
  expect(run("chronicle list --actor CHM"), 2, "did you mean 'CHN'");
  expect(run("chronicle list --scenario reference"), 2, "replays no chronicle");
  expect(run("chronicle list --scenario history-2024 --event E154"), 0, "from 2025-04");
  expect(run("chronicle list --event E178 --as-of 2025-05-31"), 0, "0 events");
}

TEST_F(Chronicle, ARowIsAddedWholeOrNotAtAll) {
  const auto data = copy();
  const auto file = data / "chronicle" / "events.csv";
  const auto before = slurp(file);
  expect(add(data, "E248", "--status not-mappable"), 2, "the reason");
  expect(add(data, "E248", "--status not-mapable --reason r"), 2, "did you mean 'not-mappable'");
  expect(add(data, "E248", "--status lever"), 2, "no act of event E248");
  expect(add(data, "E248", "--status observation --series 'price(dysprosium-oxid, DEU)'"), 2, "dysprosium-oxide");
  EXPECT_EQ(slurp(file), before);
  expect(add(data, "E248", "--status not-mappable --reason 'no measure'"), 0, "E248");
  EXPECT_EQ(slurp(file).substr(0, before.size()), before);
  expect(run("chronicle list --event E248 --data '" + data.string() + "'"), 0, "A speech, of \"two\" hours");
  expect(add(data, "E248", "--status not-mappable --reason 'no measure'"), 2, "'E248' again");
}

TEST_F(Chronicle, AnEffectIsTheRunWithAndWithoutIt) {
  const auto answer = run("chronicle effect E142 history-2024 --months 14 --json");
  ASSERT_EQ(answer.code, 0) << answer.text;
  const auto inputs = nlohmann::json::parse(answer.text)["tables"]["inputs"].dump();
  EXPECT_NE(inputs.find("kachin-tax"), std::string::npos) << inputs;
  expect(run("chronicle effect E003 history-2024"), 2, "does nothing in history-2024");
  expect(run("chronicle effect E9999 history-2024"), 2, "EVENT 'E9999'");
}

}  // namespace
}  // namespace lodestone::app
