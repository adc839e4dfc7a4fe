// A new row of the chronicle, written only when the dataset with it is right in every way.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "lodestone/app/app.hpp"
#include "lodestone/app/chronicle_world.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/table_spec.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::app {
namespace fs = std::filesystem;
namespace {

using base::OptionType;

constexpr std::uintmax_t kMost = std::uintmax_t{64} << 20;  // bytes of a file, as the dataset's reader has it

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// The row in the order of the file's header.
std::string row_of(const base::OptionValues& values, const std::string& header) {
  std::string row;
  std::size_t begin = 0;
  const auto end_of_line = header.find_first_of("\r\n");
  const std::string names = header.substr(0, end_of_line) + ",";
  for (std::size_t comma; (comma = names.find(',', begin)) != std::string::npos; begin = comma + 1) {
    std::string name = names.substr(begin, comma - begin);
    std::replace(name.begin(), name.end(), '_', '-');
    if (name == "known-from" && !values.has(name)) name = "valid-from";
    if (begin > 0) row += ",";
    if (values.has(name)) row += quoted(values.text(name));
  }
  return row + "\n";
}

/// A copy of a dataset in a folder of its own, gone with this object.
class Trial {
 public:
  explicit Trial(const fs::path& data) : data_(data) {
    std::string name = (fs::temp_directory_path() / "lodestone-chronicle-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw base::InputError(fmt::format("{}: no folder can be made", name));
    folder_ = name;
    fs::copy(data, folder_, fs::copy_options::recursive);
  }
  ~Trial() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  void put(const char* file, const std::string& text) const { store::write_whole(folder_ / file, text); }

  /// Throws base::InputError whose places are those of the dataset itself.
  void check(const dataset::ReadOptions& options) const {
    try {
      checked_chronicle(folder_, options);
    } catch (const base::InputError& error) {
      base::Diagnostics told;
      for (const auto& d : error.diagnostics().all()) {
        if (d.severity != base::Severity::error) continue;
        base::Place place = d.place;
        if (place.file.starts_with(folder_.string()))
          place.file = data_.string() + place.file.substr(folder_.string().size());
        told.error(place, d.found, d.expected, d.nearest);
      }
      throw base::InputError(std::move(told));
    }
  }

 private:
  fs::path data_, folder_;
};

std::string text_of(const fs::path& file) {
  return fs::exists(file) ? store::read_whole(file, kMost) : std::string();
}

std::string ended(std::string text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

/// Both files or neither: each is written whole, and the first is put back when the second cannot be written.
void write_both(const fs::path& data, const std::string& events, const std::string& levers, const std::string& before) {
  const fs::path levers_file = data / dataset::kChronicleLeversFile;
  const bool new_levers = levers != before;
  if (new_levers) store::write_whole(levers_file, levers);
  try {
    store::write_whole(data / dataset::kEventsFile, events);
  } catch (const base::InputError&) {
    if (new_levers) store::write_whole(levers_file, before);
    throw;
  }
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const fs::path data = data_folder(values);
  const std::string old = store::read_whole(data / dataset::kEventsFile, kMost);
  const std::string row = row_of(values, old);
  const std::string events = ended(old) + row;
  const std::string levers_before = text_of(data / dataset::kChronicleLeversFile);
  std::string levers = levers_before;
  if (values.has("acts")) levers = ended(levers) + "\n" + store::read_whole(values.text("acts"), kMost);
  const Trial trial(data);
  trial.put(dataset::kEventsFile, events);
  trial.put(dataset::kChronicleLeversFile, levers);
  trial.check({});
  write_both(data, events, levers, levers_before);
  terminal.print(fmt::format("{}: added {}", (data / dataset::kEventsFile).string(), row));
  return kOk;
}

base::OptionSpec cell(const std::string& name, bool required, const std::string& help) {
  return {name, OptionType::text, "", 0, -1, required, "", help};
}

}  // namespace

Command chronicle_add_command() {
  return {"chronicle add",
          "Add an event to the chronicle: written only when the dataset with it has no error.",
          {cell("event", true, "id of the event, such as E248")},
          {cell("valid-from", true, "date of the event: 2026-08-01, or 2026-08"),
           cell("valid-to", false, "last day, where one was stated"),
           cell("known-from", false, "when it was known; the date of the event when not given"),
           cell("actors", true, "who acts, joined by ';'"), cell("targets", false, "on whom, joined by ';'"),
           cell("materials", true, "elements or groups of them, joined by ';'"),
           cell("stage", true, "stage of the chain"), cell("act", true, "what was done, such as export_licence"),
           cell("magnitude", false, "how much, never a price that followed"), cell("unit", false, "of the magnitude"),
           cell("status", true, "lever, amendment, not-mappable or observation"),
           cell("reason", false, "why it is not mappable"),
           cell("series", false, "of an observation: an expression it is held against"),
           cell("summary", true, "one sentence"),
           cell("source", true, "publication and date, or 'recalled, unverified: ...'"),
           cell("confidence", true, "high, medium, low or assumed"),
           cell("acts", false, "a file of [[acts]] that is added to levers.toml"), data_option()},
          {{"lodestone chronicle add E248 --valid-from 2026-08-01 --actors CHN --materials Dy --stage separated --act "
            "other --status not-mappable --reason 'no measure' --summary 'A speech.' --source 'Reuters 2026-08-01' "
            "--confidence high",
            "a row that no run replays"}},
          execute};
}

}  // namespace lodestone::app
