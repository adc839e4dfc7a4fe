#include "lodestone/dataset/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "lodestone/base/option.hpp"
#include "lodestone/dataset/base_year.hpp"
#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/dataset/fingerprint.hpp"
#include "lodestone/dataset/money.hpp"
#include "lodestone/dataset/selection.hpp"
#include "lodestone/dataset/table_reader.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/dataset/translate.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using base::OptionType;

constexpr const char* kAbout = "dataset.toml";

// name, type, unit, smallest, largest, required, default, help
const std::array kAboutOptions{
    base::OptionSpec{"schema_version", OptionType::integer, "", 0, 1e6, true, "", "Version of the files."},
    base::OptionSpec{"id", OptionType::text, "", 0, -1, true, "", "Short name of the dataset."},
    base::OptionSpec{"title", OptionType::text, "", 0, -1, true, "", "Title of the dataset."},
    base::OptionSpec{"base_year", OptionType::integer, "year", 1950, 2150, true, "", "Year that the figures describe."},
    base::OptionSpec{"start", OptionType::month, "", 0, -1, true, "", "First month for which it can be run."},
};

std::string how_to_migrate(long long version) {
  if (version > kSchemaVersion)
    return fmt::format(
        "{}: the dataset is for a newer Lodestone; update the program, or bring the files back to schema {} "
        "as docs/data.md describes it",
        kSchemaVersion, kSchemaVersion);
  return fmt::format("{}: bring the files to schema {} as docs/data.md describes it, then set schema_version = {}",
                     kSchemaVersion, kSchemaVersion, kSchemaVersion);
}

// False when the files are of another schema and reading on makes no sense.
bool read_about(std::string_view text, const std::string& file, RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto document = parse_toml(text, file, diagnostics);
  if (!document) return true;
  const auto* version = document->get("schema_version");
  if (const auto found = version ? version->value_exact<std::int64_t>() : std::nullopt;
      found && *found != kSchemaVersion) {
    diagnostics.error(place_of(*version), fmt::format("schema_version = {}", *found), how_to_migrate(*found));
    return false;
  }
  const auto values = read_options(*document, kAboutOptions, diagnostics);
  if (values.has("id")) raw.id = values.text("id");
  if (values.has("title")) raw.title = values.text("title");
  if (values.has("base_year")) raw.base_year = static_cast<int>(values.integer("base_year"));
  if (values.has("start")) raw.start = values.month("start");
  if (values.has("start") && raw.base_year != 0 && raw.start < base::Month::of(raw.base_year, 1))
    diagnostics.error(place_of(*document->get("start")), fmt::format("start = {}", raw.start.text()),
                      fmt::format("a month from {}-01, the base year, on", raw.base_year));
  return true;
}

// A mistyped file name must not go unread in silence.
void check_unknown_files(const fs::path& folder, base::Diagnostics& diagnostics) {
  std::vector<std::string> known{kAbout};
  for (const TableSpec& spec : tables()) known.push_back(spec.file);
  std::vector<std::string> unknown;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    const auto extension = it->path().extension();
    const bool ours = (extension == ".csv" || extension == ".toml") && !name.starts_with('.');
    if (ours && std::find(known.begin(), known.end(), name) == known.end()) unknown.push_back(name);
  }
  std::sort(unknown.begin(), unknown.end());
  for (const auto& name : unknown)
    diagnostics.error({(folder / name).string()}, "a file that the dataset does not have", "the files of docs/data.md",
                      base::nearest_name(name, known));
}

// Reports what was found in the order of the files, then of their lines.
void report_in_order(const base::Diagnostics& found, const fs::path& folder, base::Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> order{{(folder / kAbout).string(), 0}};
  for (const TableSpec& spec : tables()) order.emplace((folder / spec.file).string(), order.size());
  const auto rank = [&](const base::Diagnostic& d) {
    const auto it = order.find(d.place.file);
    return std::tuple(it == order.end() ? order.size() : it->second, d.place.line, d.place.column);
  };
  std::vector<base::Diagnostic> all = found.all();
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (auto& d : all) {
    const auto put = d.severity == base::Severity::error ? &base::Diagnostics::error : &base::Diagnostics::warning;
    (diagnostics.*put)(std::move(d.place), std::move(d.found), std::move(d.expected), std::move(d.nearest));
  }
}

// Reads one file after the other and keeps of each the rows that speak; references to earlier files are checked against
// all of their rows.
std::map<std::string, FileState> read_tables(const fs::path& folder, RawDataset& raw, Fingerprint& fingerprint,
                                             base::Diagnostics& diagnostics) {
  Names names, present;
  Moment moment{raw.as_of, {}};
  if (raw.base_year != 0) moment.base_year = base::whole_year(raw.base_year);
  std::map<std::string, FileState> states;
  for (const TableSpec& spec : tables()) {
    const fs::path path = folder / spec.file;
    FileState& state = states[spec.file];
    if (const auto text = read_text(path, diagnostics)) {
      fingerprint.add(spec.file, *text);
      state = read_table(spec, *text, path.string(), names, raw, diagnostics);
    }
    names.add(spec, raw, state.readable);
    if (state.clean) raw.hidden += select_rows(spec, moment, present, raw, diagnostics);
    present.add(spec, raw, state.readable);
  }
  return states;
}

// Files that need rows and lost all of them to the as-of date: one error when that is every file. Later checks would
// only repeat it.
bool nothing_known(const RawDataset& raw, const fs::path& folder, base::Diagnostics& diagnostics) {
  if (!raw.as_of || diagnostics.has_errors()) return false;
  std::vector<const TableSpec*> empty;
  std::size_t needed = 0;
  for (const TableSpec& spec : tables()) {
    if (spec.may_be_empty) continue;
    ++needed;
    if (spec.rows(raw).empty()) empty.push_back(&spec);
  }
  if (empty.size() == needed) {
    diagnostics.error({folder.string()}, fmt::format("nothing is known as of {}", raw.as_of->text()),
                      "a later date: known_from says when each figure was published");
    return true;
  }
  for (const TableSpec* spec : empty)
    diagnostics.error({(folder / spec->file).string()},
                      fmt::format("nothing in this file is known as of {}", raw.as_of->text()),
                      fmt::format("{}: at least one row whose known_from is not later", spec->meaning));
  return !empty.empty();
}

void read_files(const fs::path& folder, RawDataset& raw, base::Diagnostics& diagnostics) {
  Fingerprint fingerprint;
  if (const auto about = read_text(folder / kAbout, diagnostics)) {
    fingerprint.add(kAbout, *about);
    if (!read_about(*about, (folder / kAbout).string(), raw, diagnostics)) return;
  }
  std::map<std::string, FileState> states = read_tables(folder, raw, fingerprint, diagnostics);
  raw.hash = fingerprint.text();
  check_unknown_files(folder, diagnostics);
  if (nothing_known(raw, folder, diagnostics)) return;
  convert_prices(raw);
  check_together(raw, std::move(states), diagnostics);
}

}  // namespace

RawDataset read(const fs::path& folder, base::Diagnostics& diagnostics, const ReadOptions& options) {
  RawDataset raw;
  raw.as_of = options.as_of;
  raw.folder = folder.string();
  base::Diagnostics found;
  std::error_code error;
  if (fs::is_directory(folder, error))
    read_files(folder, raw, found);
  else
    found.error({folder.string()}, fs::exists(folder, error) ? "a file" : "no such folder", "the folder of a dataset");
  report_in_order(found, folder, diagnostics);
  return raw;
}

world::World build(const RawDataset& raw, base::Diagnostics& diagnostics) {
  world::World world = translate(raw);
  complete_base_year(raw, world, diagnostics);
  return world;
}

world::World load(const fs::path& folder, const ReadOptions& options) {
  base::Diagnostics diagnostics;
  const RawDataset raw = read(folder, diagnostics, options);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  world::World world = build(raw, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return world;
}

}  // namespace lodestone::dataset
