#include "lodestone/app/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::app {
namespace fs = std::filesystem;
namespace {

fs::path chosen(const base::OptionValues& values, const char* option, const char* variable, const char* otherwise) {
  if (values.has(option)) return values.text(option);
  const char* set = std::getenv(variable);
  return set != nullptr && *set != '\0' ? set : otherwise;
}

[[noreturn]] void unknown(const std::string& what, const std::string& name, const std::vector<std::string>& names) {
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("unknown {} '{}'", what, name), fmt::format("one of {}", fmt::join(names, ", ")),
              base::nearest_name(name, names));
  throw base::InputError(std::move(wrong));
}

}  // namespace

base::OptionSpec out_option() {
  return {
      "out", base::OptionType::text, "", 0, -1, false, "", "folder of the runs; LODESTONE_OUT or 'out' when not given"};
}

base::OptionSpec data_option() {
  return {"data", base::OptionType::text,
          "",     0,
          -1,     false,
          "",     "folder of the dataset; LODESTONE_DATA or 'data' when not given"};
}

base::OptionSpec as_of_option() {
  return {"as-of", base::OptionType::text,
          "",      0,
          -1,      false,
          "",      "leave out what was published after this date, such as 2025-05-31"};
}

base::OptionSpec base_year_option() {
  return {"base-year", base::OptionType::integer,
          "year",      1950,
          2150,        false,
          "",          "year whose figures are used, one of the dataset's base_years; its base_year when not given"};
}

base::OptionSpec overlay_option() {
  return {"overlay", base::OptionType::text_list,
          "",        0,
          -1,        false,
          "",        "folders of rows to lay on the dataset; may be repeated"};
}

dataset::ReadOptions read_options(const base::OptionValues& values) {
  dataset::ReadOptions options;
  if (values.has("as-of")) {
    options.as_of = base::parse_date(values.text("as-of"), true);
    if (!options.as_of)
      throw base::InputError(
          fmt::format("--as-of '{}'; expected a date such as 2025, 2025-05 or 2025-05-31", values.text("as-of")));
  }
  if (values.has("overlay"))
    for (const auto& folder : values.list("overlay")) options.overlays.emplace_back(folder);
  if (values.has("base-year")) options.base_year = static_cast<int>(values.integer("base-year"));
  return options;
}

dataset::ReadOptions read_options(const base::OptionValues& values, const fs::path& scenario) {
  auto options = read_options(values);
  const auto asked = policy::base_year_of(scenario);
  if (asked && options.base_year && *asked != *options.base_year)
    throw base::InputError(fmt::format("--base-year {}: {} has base-year = {}; expected one base year",
                                       *options.base_year, scenario.string(), *asked));
  if (asked) options.base_year = asked;
  return options;
}

base::OptionSpec propositions_option() {
  return {"propositions",
          base::OptionType::text,
          "",
          0,
          -1,
          false,
          "",
          "a file of propositions to answer in every future (docs/scorecard.md); propositions/race.toml of the dataset "
          "when not given"};
}

std::optional<fs::path> propositions_file(const base::OptionValues& values) {
  if (values.has("propositions")) return fs::path(values.text("propositions"));
  const fs::path usual = data_folder(values) / "propositions" / "race.toml";
  return fs::exists(usual) ? std::optional(usual) : std::nullopt;
}

insight::Propositions propositions_in(const fs::path& file) {
  base::Diagnostics diagnostics;
  auto out = insight::read_propositions(text_of(file), file.string(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

insight::Economy economy_in(const fs::path& data) {
  const auto file = [&](const char* name) {
    const auto path = data / "economy" / name;
    return insight::EconomyFile{path.string(), text_of(path)};
  };
  base::Diagnostics diagnostics;
  auto out = insight::read_economy(file("output_2014.csv"), file("flows_2014.csv"), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

std::string text_of(const fs::path& file) {
  base::Diagnostics diagnostics;
  const auto text = dataset::read_text(file, diagnostics);
  if (!text) throw base::InputError(std::move(diagnostics));
  return *text;
}

base::OptionSpec run_argument(const std::string& name, const std::string& help) {
  return {name, base::OptionType::text, "", 0, -1, true, "", help};
}

fs::path out_folder(const base::OptionValues& values) {
  return chosen(values, "out", "LODESTONE_OUT", "out");
}

fs::path data_folder(const base::OptionValues& values) {
  return chosen(values, "data", "LODESTONE_DATA", "data");
}

world::World load_world(const fs::path& folder, Terminal& terminal, const dataset::ReadOptions& options) {
  if (!fs::is_directory(folder))
    throw base::InputError(
        fmt::format("{}: no such folder; expected a dataset (--data DIR, or run in a checkout)", folder.string()));
  const auto begin = std::chrono::steady_clock::now();
  auto world = dataset::load(folder, options);
  terminal.info(fmt::format("read {} in {:.0f} ms: {} products, {} regions, {} routes", folder.string(),
                            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count(),
                            world.products.size(), world.regions.size(), world.arcs.size()));
  return world;
}

fs::path find_scenario(const std::string& name) {
  if (fs::is_regular_file(name)) return name;
  std::vector<std::string> names;
  if (fs::is_directory("scenarios"))
    for (const auto& entry : fs::directory_iterator("scenarios"))
      if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  if (fs::path file = fs::path("scenarios") / (name + ".toml"); fs::is_regular_file(file)) return file;
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("scenario '{}'", name),
              names.empty() ? "a file (.toml)" : fmt::format("a file (.toml) or one of {}", fmt::join(names, ", ")),
              base::nearest_name(fs::path(name).stem().string(), names));
  throw base::InputError(std::move(wrong));
}

std::vector<fs::path> all_cases() {
  std::vector<fs::path> folders;
  if (fs::is_directory("cases"))
    for (const auto& entry : fs::directory_iterator("cases"))
      if (fs::exists(entry.path() / "case.toml")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<insight::ClassScore> stored_backtests() {
  const fs::path file = fs::path("cases") / "results.csv";
  return fs::exists(file) ? insight::read_class_scores(file) : std::vector<insight::ClassScore>{};
}

fs::path find_case(const std::string& name) {
  if (fs::exists(fs::path(name) / "case.toml")) return name;
  if (fs::path folder = fs::path("cases") / name; fs::exists(folder / "case.toml")) return folder;
  if (fs::is_directory(name)) return name;  // its reader says what is missing
  std::vector<std::string> names;
  for (const auto& folder : all_cases()) names.push_back(folder.filename().string());
  unknown("case", name, names);
}

FoundRun find_run(const std::string& name, const base::OptionValues& values) {
  const store::Catalogue catalogue(out_folder(values));
  auto row = catalogue.find(name);
  store::RunFolder folder(catalogue.folder(), row.id);
  if (!fs::exists(folder.results())) {
    const std::string why =
        fs::exists(folder.ensemble_request())
            ? "is an ensemble and has no months of its own; 'lodestone run' makes a run of its scenario"
        : row.status == store::Status::running    ? "is still running"
        : row.status == store::Status::incomplete ? "was killed and is incomplete; run its scenario again"
        : row.message.empty()                     ? "has no results"
                                                  : "has no results: " + row.message;
    throw base::InputError(fmt::format("run {} {}", row.id, why));
  }
  return {std::move(row), std::move(folder)};
}

store::RunFolder find_ensemble(const std::string& name, const base::OptionValues& values) {
  const auto row = store::Catalogue(out_folder(values)).find(name);
  store::RunFolder folder(out_folder(values), row.id);
  if (!fs::exists(folder.ensemble_request()))
    throw base::InputError(fmt::format("run {} is no ensemble; expected one that 'lodestone ensemble' made", row.id));
  if (!fs::exists(folder.ensemble()))
    throw base::InputError(fmt::format(
        "ensemble {} is not finished; 'lodestone resume {}' makes the futures that are missing", row.id, row.id));
  return folder;
}

world::ProductId product_named(const world::World& world, const std::string& id) {
  const auto found = world.find_product(id);
  if (!found.valid()) unknown("product", id, world.product_names());
  return found;
}

world::RegionId region_named(const world::World& world, const std::string& id) {
  const auto found = world.find_region(id);
  if (found.valid()) return found;
  std::vector<std::string> names;
  for (const auto& region : world.regions) names.push_back(region.id);
  unknown("region", id, names);
}

void say(const base::Diagnostics& diagnostics, Terminal& terminal) {
  for (const auto& diagnostic : diagnostics.all()) {
    std::string line = diagnostic.text();
    if (const auto at = line.find("error: "); diagnostic.severity == base::Severity::error && at != std::string::npos)
      line.replace(at, 6, terminal.red("error:"));
    terminal.say(line);
  }
}

void write_file(const fs::path& file, const std::string& text) {
  store::write_whole(file, text);
}

}  // namespace lodestone::app
