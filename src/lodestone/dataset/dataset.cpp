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
#include "lodestone/dataset/fingerprint.hpp"
#include "lodestone/dataset/layer.hpp"
#include "lodestone/dataset/money.hpp"
#include "lodestone/dataset/overlay.hpp"
#include "lodestone/dataset/selection.hpp"
#include "lodestone/dataset/small_dataset.hpp"
#include "lodestone/dataset/table_reader.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/dataset/translate.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using base::OptionType;

constexpr const char* kAbout = "dataset.toml";
constexpr double kEarliest = 1950, kLatest = 2150;  // base years

// name, type, unit, smallest, largest, required, default, help
const std::array kAboutOptions{
    base::OptionSpec{"schema_version", OptionType::integer, "", 0, 1e6, true, "", "Version of the files."},
    base::OptionSpec{"id", OptionType::text, "", 0, -1, true, "", "Short name of the dataset."},
    base::OptionSpec{"title", OptionType::text, "", 0, -1, true, "", "Title of the dataset."},
    base::OptionSpec{"base_year", OptionType::integer, "year", kEarliest, kLatest, true, "",
                     "Year that the figures describe, unless another one is asked for."},
    base::OptionSpec{"base_years", OptionType::integer_list, "years", kEarliest, kLatest, false, "",
                     "All years that it has figures for; only base_year when not given."},
    base::OptionSpec{
        "base_years_known", OptionType::text_list, "", 0, -1, false, "",
        "When the figures of each of base_years were known; as of an earlier day an earlier year is used."},
    base::OptionSpec{"inherits", OptionType::boolean, "", 0, -1, false, "",
                     "Files it lacks come from another dataset."},
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

// When the figures of each base year were known, as the file says; empty when it says nothing or something wrong.
std::vector<base::Date> read_known(const toml::table& document, const base::OptionValues& values, std::size_t years,
                                   base::Diagnostics& diagnostics) {
  std::vector<base::Date> known;
  if (!values.has("base_years_known")) return known;
  const auto& node = *document.get("base_years_known");
  for (const auto& text : values.list("base_years_known")) {
    if (const auto date = base::parse_date(text))
      known.push_back(*date);
    else
      diagnostics.error(place_of(node), fmt::format("'{:.40}' in base_years_known", text), "a date such as 2025-03");
  }
  if (values.list("base_years_known").size() != years) {
    diagnostics.error(place_of(node),
                      fmt::format("{} dates in base_years_known", values.list("base_years_known").size()),
                      fmt::format("{}, one for each of base_years in its order", years));
    known.clear();
  }
  return known.size() == years ? known : std::vector<base::Date>();
}

// The usual base year, or as of a day before it was known the latest one that was.
int usual_year(int usual, const std::vector<int>& years, const std::vector<base::Date>& known,
               const std::optional<base::Date>& as_of) {
  if (!as_of || known.empty()) return usual;
  std::optional<int> latest;
  for (std::size_t i = 0; i < years.size(); ++i)
    if (known[i] <= *as_of && years[i] <= usual && (!latest || *latest < years[i])) latest = years[i];
  return latest.value_or(usual);
}

// The years that the dataset is made for, in order, and the one that is wanted of them.
void read_years(const toml::table& document, const base::OptionValues& values, std::optional<int> wanted,
                const std::string& file, RawDataset& raw, base::Diagnostics& diagnostics) {
  if (!values.has("base_year")) return;
  const int usual = raw.usual_year = static_cast<int>(values.integer("base_year"));
  raw.base_years = {usual};
  if (values.has("base_years")) {
    raw.base_years.clear();
    for (const long long year : values.integers("base_years")) raw.base_years.push_back(static_cast<int>(year));
  }
  const auto known = read_known(document, values, raw.base_years.size(), diagnostics);
  const int without_wish = usual_year(usual, raw.base_years, known, raw.as_of);
  std::sort(raw.base_years.begin(), raw.base_years.end());
  const auto made_for = [&](int year) {
    return std::binary_search(raw.base_years.begin(), raw.base_years.end(), year);
  };
  raw.base_year = wanted && made_for(*wanted) ? *wanted : without_wish;
  const auto list = fmt::format("{}", fmt::join(raw.base_years, ", "));
  if (!made_for(usual))
    diagnostics.error(place_of(*document.get("base_year")), fmt::format("base_year = {}", usual),
                      fmt::format("one of base_years: {}", list));
  if (wanted && !made_for(*wanted))
    diagnostics.error({file}, fmt::format("base year {} asked for", *wanted),
                      fmt::format("a year that the dataset is made for: {}", list));
}

// False when the files are of another schema and reading on makes no sense.
bool read_about(std::string_view text, const std::string& file, std::optional<int> wanted, RawDataset& raw,
                base::Diagnostics& diagnostics) {
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
  read_years(*document, values, wanted, file, raw, diagnostics);
  return true;
}

// Reports what was found in the order of the files, the dataset's before the overlays', then of their lines.
void report_in_order(const base::Diagnostics& found, const std::vector<fs::path>& folders,
                     base::Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> order;
  for (const auto& folder : folders) {
    for (const char* file : {kAbout, "overlay.toml", "replaces.csv"})
      order.emplace((folder / file).string(), order.size());
    for (const TableSpec& spec : tables()) order.emplace((folder / spec.file).string(), order.size());
    order.emplace((folder / kChronicleLeversFile).string(), order.size());
  }
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

// Reads one file of every layer.
FileState read_layers(const TableSpec& spec, const Layer& dataset, std::vector<Overlay>& overlays, const Names& names,
                      RawDataset& raw, base::Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  // What a dataset does without says nothing wrong.
  FileState state{spec.may_be_absent, spec.may_be_absent};
  if (const auto text = dataset.texts.find(spec.file); text != dataset.texts.end())
    state = read_table(spec, {text->second, dataset.path(spec.file), 0, {}}, names, raw, diagnostics);
  for (std::size_t i = 0; i < overlays.size(); ++i) {
    const Layer& layer = overlays[i].layer;
    const auto text = layer.texts.find(spec.file);
    if (text == layer.texts.end()) continue;
    const auto more = read_table(spec, {text->second, layer.path(spec.file), static_cast<int>(i) + 1, overlays[i].id},
                                 names, raw, diagnostics);
    state = {state.readable && more.readable, state.clean && more.clean};
  }
  lay_over(spec, overlays, raw, diagnostics);
  state.clean = state.clean && diagnostics.errors() == errors_before;
  return state;
}

// What later readers of names may mean although no row of it speaks: it holds in another year, or was known later.
void remember_names(const TableSpec& spec, RawDataset& raw) {
  const auto add = [](const auto& rows, auto member, std::vector<std::string>& names) {
    for (const auto& row : rows)
      if (std::find(names.begin(), names.end(), row.*member) == names.end()) names.push_back(row.*member);
  };
  if (spec.file == "products.csv") add(raw.products, &ProductRow::id, raw.all_products);
  if (spec.file == "facilities.csv") add(raw.facilities, &FacilityRow::id, raw.all_facilities);
  if (spec.file == kEventsFile) add(raw.events, &EventRow::event, raw.all_events);
}

// Reads one file after the other and keeps of each the rows that speak; references to earlier files are checked against
// all of their rows.
std::map<std::string, FileState> read_tables(const Layer& dataset, std::vector<Overlay>& overlays, RawDataset& raw,
                                             base::Diagnostics& diagnostics) {
  Names names, present;
  Moment moment{raw.as_of, {}, {}};
  if (raw.base_year != 0) moment.base_year = base::whole_year(raw.base_year);
  for (const int year : raw.base_years) moment.made_for.push_back(base::whole_year(year));
  std::map<std::string, FileState> states;
  for (const TableSpec& spec : tables()) {
    FileState& state = states[spec.file];
    state = read_layers(spec, dataset, overlays, names, raw, diagnostics);
    names.add(spec, raw, state.readable);
    remember_names(spec, raw);
    if (state.clean) raw.left_out[spec.file] = select_rows(spec, moment, present, raw, diagnostics);
    present.add(spec, raw, state.readable);
  }
  check_replacements(overlays, diagnostics);
  return states;
}

std::vector<Overlay> read_overlays(const std::vector<fs::path>& folders, RawDataset& raw,
                                   base::Diagnostics& diagnostics) {
  const std::string hash = raw.hash;  // of the dataset alone
  std::vector<Overlay> overlays;
  for (const fs::path& folder : folders) {
    auto overlay = read_overlay(folder, raw, hash, diagnostics);
    if (!overlay) continue;
    for (const auto& other : raw.overlays)
      if (other.id == overlay->id)
        diagnostics.error({overlay->layer.path("overlay.toml")}, fmt::format("overlay '{}' again", other.id),
                          "each overlay once, with an id of its own");
    raw.overlays.push_back({overlay->id, overlay->title});
    overlays.push_back(std::move(*overlay));
  }
  return overlays;
}

// Files that need rows and lost all of them to the as-of date or the base year: one error when that is every file.
// Later checks would only repeat it.
bool nothing_left(const RawDataset& raw, const fs::path& folder, base::Diagnostics& diagnostics) {
  if (diagnostics.has_errors()) return false;
  std::vector<const TableSpec*> empty;
  std::size_t needed = 0;
  for (const TableSpec& spec : tables()) {
    if (spec.may_be_empty) continue;
    ++needed;
    if (spec.rows(raw).empty()) empty.push_back(&spec);
  }
  if (raw.as_of && empty.size() == needed) {
    diagnostics.error({folder.string()}, fmt::format("nothing is known as of {}", raw.as_of->text()),
                      "a later date: known_from says when each figure was published");
    return true;
  }
  for (const TableSpec* spec : empty)
    diagnostics.error(
        {(folder / spec->file).string()},
        raw.as_of ? fmt::format("nothing in this file is known as of {}", raw.as_of->text())
                  : fmt::format("nothing in this file holds in the base year {}", raw.base_year),
        fmt::format("{}: at least one row {}", spec->meaning,
                    raw.as_of ? "whose known_from is not later" : "whose valid_from and valid_to cover the year"));
  return !empty.empty();
}

// The dataset's own files; a small one's with those that it takes from elsewhere.
Layer read_own(const fs::path& folder, const ReadOptions& options, base::Diagnostics& diagnostics) {
  if (!inherits(folder)) return read_layer(folder, Whole::yes, {kAbout}, diagnostics);
  Layer layer = read_layer(folder, Whole::small, {kAbout}, diagnostics);
  if (options.shipped.empty())
    diagnostics.error({(folder / kAbout).string()}, "inherits = true",
                      "a command that knows where the other files are: check, backtest, calibrate");
  else
    complete(layer, options.shipped, diagnostics);
  return layer;
}

void take_levers(const Layer& layer, RawDataset& raw) {
  if (const auto levers = layer.texts.find(kChronicleLeversFile); levers != layer.texts.end())
    raw.chronicle_levers.push_back({layer.path(kChronicleLeversFile), levers->second});
}

void take_actors(const Layer& layer, std::map<std::string, world::TomlText>& actors) {
  for (const auto& [file, text] : layer.texts)
    if (file.starts_with(kActorsFolder)) actors[file] = {layer.path(file), text};
}

void read_files(const fs::path& folder, const ReadOptions& options, RawDataset& raw, base::Diagnostics& diagnostics) {
  const Layer dataset = read_own(folder, options, diagnostics);
  if (const auto about = dataset.texts.find(kAbout); about != dataset.texts.end())
    if (!read_about(about->second, dataset.path(kAbout), options.base_year, raw, diagnostics)) return;
  Fingerprint alone, together;
  for (Fingerprint* fingerprint : {&alone, &together}) add_texts(dataset, "", {kAbout}, *fingerprint);
  raw.hash = alone.text();
  auto overlays = read_overlays(options.overlays, raw, diagnostics);
  for (const Overlay& overlay : overlays) add_overlay(overlay, together);
  raw.hash = together.text();
  take_levers(dataset, raw);
  for (const Overlay& overlay : overlays) take_levers(overlay.layer, raw);
  std::map<std::string, world::TomlText> actors;
  take_actors(dataset, actors);
  for (const Overlay& overlay : overlays) take_actors(overlay.layer, actors);
  for (auto& [file, text] : actors) raw.actors.push_back(std::move(text));
  auto states = read_tables(dataset, overlays, raw, diagnostics);
  if (nothing_left(raw, folder, diagnostics)) return;
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
    read_files(folder, options, raw, found);
  else
    found.error({folder.string()}, fs::exists(folder, error) ? "a file" : "no such folder", "the folder of a dataset");
  std::vector<fs::path> folders{folder, options.shipped};
  folders.insert(folders.end(), options.overlays.begin(), options.overlays.end());
  report_in_order(found, folders, diagnostics);
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
