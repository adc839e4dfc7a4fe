#include "lodestone/dataset/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <system_error>

#include "lodestone/base/option.hpp"
#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using base::OptionType;

constexpr const char* kAbout = "overlay.toml";
constexpr const char* kReplaces = "replaces.csv";
const std::vector<std::string> kFiles{kAbout, kReplaces};

// name, type, unit, smallest, largest, required, default, help
const std::array kAboutOptions{
    base::OptionSpec{"id", OptionType::text, "", 0, -1, true, "", "Short name of the overlay."},
    base::OptionSpec{"title", OptionType::text, "", 0, -1, true, "", "Title of the overlay."},
    base::OptionSpec{"for", OptionType::text, "", 0, -1, true, "", "Id of the dataset that it lies on."},
    base::OptionSpec{"dataset_hash", OptionType::text, "", 0, -1, false, "", "Hash of that dataset's files."},
};

bool read_about(const std::string& text, const std::string& file, const RawDataset& raw, const std::string& hash,
                Overlay& overlay, base::Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  const auto document = parse_toml(text, file, diagnostics);
  if (!document) return false;
  const auto values = read_options(*document, kAboutOptions, diagnostics);
  if (values.has("id")) overlay.id = values.text("id");
  if (values.has("title")) overlay.title = values.text("title");
  if (values.has("for") && values.text("for") != raw.id)
    diagnostics.error(place_of(*document->get("for")), fmt::format("an overlay for '{:.60}'", values.text("for")),
                      fmt::format("one for '{}', the dataset in {}", raw.id, raw.folder));
  if (values.has("dataset_hash") && values.text("dataset_hash") != hash)
    diagnostics.error(place_of(*document->get("dataset_hash")),
                      fmt::format("an overlay made for dataset_hash {:.64}", values.text("dataset_hash")),
                      fmt::format("{}: the dataset was changed since; compare the two, then write the new hash", hash));
  return diagnostics.errors() == errors_before;
}

std::vector<Replacement> read_replaces(const std::string& text, const std::string& file,
                                       base::Diagnostics& diagnostics) {
  const std::vector<std::string> columns{"file", "key"};
  std::vector<std::string> files;
  for (const TableSpec& spec : tables()) files.push_back(spec.file);
  std::vector<Replacement> out;
  for (const CsvRow& row : parse_csv(text, file, columns, diagnostics).rows) {
    if (!row.whole) continue;
    const auto& cells = row.cells;
    const base::Place place{file, cells[0].line, cells[0].column};
    if (std::find(files.begin(), files.end(), cells[0].text) == files.end())
      diagnostics.error(place, fmt::format("file '{:.60}'", cells[0].text), "a CSV file of the dataset",
                        base::nearest_name(cells[0].text, files));
    else
      out.push_back({cells[0].text, cells[1].text, {file, cells[1].line, cells[1].column}, false});
  }
  return out;
}

Replacement* leave_for(Overlay& overlay, const std::string& file, const std::string& key) {
  const auto it = std::find_if(overlay.replaces.begin(), overlay.replaces.end(),
                               [&](const Replacement& leave) { return leave.file == file && leave.key == key; });
  return it == overlay.replaces.end() ? nullptr : &*it;
}

std::string quoted(const std::string& key) {
  return key.find(',') == std::string::npos ? key : "\"" + key + "\"";
}

// The rows of one key, layer by layer from below: each layer's rows either begin or replace all before them.
void settle(const TableSpec& table, const std::vector<const Row*>& rows, const std::vector<std::size_t>& same,
            std::vector<Overlay>& overlays, std::vector<bool>& kept, base::Diagnostics& diagnostics) {
  std::vector<std::size_t> standing;
  for (std::size_t i = 0; i < same.size();) {
    const int layer = rows[same[i]]->layer;
    std::size_t end = i;
    while (end < same.size() && rows[same[end]]->layer == layer) ++end;
    if (!standing.empty()) {
      const Row& row = *rows[same[i]];
      Replacement* leave = leave_for(overlays[static_cast<std::size_t>(layer) - 1], table.file, row.key);
      if (leave == nullptr) {
        const auto& below = rows[standing.front()]->provenance.place;
        diagnostics.error(row.place(table.key.front()),
                          fmt::format("'{:.120}', which is in {}:{} already", row.key, below.file, below.line),
                          fmt::format("a new key, or the line '{},{}' in {}", table.file, quoted(row.key), kReplaces));
      } else {
        leave->used = true;
        for (const std::size_t s : standing) kept[s] = false;
        standing.clear();
      }
    }
    standing.insert(standing.end(), same.begin() + static_cast<std::ptrdiff_t>(i),
                    same.begin() + static_cast<std::ptrdiff_t>(end));
    i = end;
  }
}

}  // namespace

std::optional<Overlay> read_overlay(const fs::path& folder, const RawDataset& raw, const std::string& hash,
                                    base::Diagnostics& diagnostics) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    diagnostics.error({folder.string()}, fs::exists(folder, error) ? "a file" : "no such folder",
                      "the folder of an overlay");
    return std::nullopt;
  }
  Overlay overlay;
  overlay.layer = read_layer(folder, Whole::no, kFiles, diagnostics);
  const auto& texts = overlay.layer.texts;
  if (!texts.contains(kAbout)) {
    if (!fs::exists(folder / kAbout, error))
      diagnostics.error({overlay.layer.path(kAbout)}, "no such file", "the file that says what the overlay is for");
    return std::nullopt;
  }
  if (!read_about(texts.at(kAbout), overlay.layer.path(kAbout), raw, hash, overlay, diagnostics)) return std::nullopt;
  if (texts.contains(kReplaces))
    overlay.replaces = read_replaces(texts.at(kReplaces), overlay.layer.path(kReplaces), diagnostics);
  return overlay;
}

void add_overlay(const Overlay& overlay, Fingerprint& fingerprint) {
  add_texts(overlay.layer, "overlay " + overlay.id + " ", kFiles, fingerprint);
}

void lay_over(const TableSpec& table, std::vector<Overlay>& overlays, RawDataset& raw, base::Diagnostics& diagnostics) {
  if (overlays.empty()) return;
  const auto rows = table.rows(raw);
  std::map<std::string, std::vector<std::size_t>> by_key;  // within a key by layer: files are read from below
  for (std::size_t i = 0; i < rows.size(); ++i) by_key[rows[i]->key].push_back(i);
  std::vector<bool> kept(rows.size(), true);
  for (const auto& entry : by_key) settle(table, rows, entry.second, overlays, kept, diagnostics);
  table.keep(raw, kept);
}

void check_replacements(const std::vector<Overlay>& overlays, base::Diagnostics& diagnostics) {
  for (const Overlay& overlay : overlays)
    for (const Replacement& leave : overlay.replaces)
      if (!leave.used)
        diagnostics.error(leave.place, fmt::format("nothing to replace by the key '{:.120}'", leave.key),
                          fmt::format("a key that {} of the dataset and of the overlay both have", leave.file));
}

}  // namespace lodestone::dataset
