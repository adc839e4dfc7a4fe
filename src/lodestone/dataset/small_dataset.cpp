#include "lodestone/dataset/small_dataset.hpp"

#include <fmt/format.h>

#include <system_error>
#include <vector>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/dataset/table_spec.hpp"
#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMetal = "metal";

std::vector<std::string> column_names(const TableSpec& spec) {
  std::vector<std::string> names;
  for (const ColumnSpec& column : spec.columns) names.push_back(column.name);
  return names;
}

std::string header(const std::string& file) {
  return fmt::format("{}\n", fmt::join(column_names(table(file)), ","));
}

// The five columns that end every row, of what a small dataset leaves unsaid.
constexpr const char* kUnsaid = "\"assumption: a small dataset counts contained metal\",assumed,1900,,1900";

void inherit(Layer& layer, const fs::path& from, const std::string& file, base::Diagnostics& diagnostics) {
  if (layer.texts.contains(file)) return;
  const fs::path path = from / file;
  if (auto text = read_text(path, diagnostics)) {
    layer.texts.emplace(file, std::move(*text));
    layer.inherited.emplace(file, path.string());
  }
}

// Ids of products.csv as far as it can be read; its errors are reported when it is read in earnest.
std::vector<std::string> product_ids(const Layer& layer) {
  const auto text = layer.texts.find("products.csv");
  std::vector<std::string> ids;
  if (text == layer.texts.end()) return ids;
  base::Diagnostics unheard;
  for (const CsvRow& row : parse_csv(text->second, "products.csv", column_names(table("products.csv")), unheard).rows)
    if (row.whole) ids.push_back(row.cells.front().text);
  return ids;
}

void count_metal(Layer& layer) {
  if (layer.texts.contains("elements.csv") || layer.texts.contains("compositions.csv")) return;
  layer.texts["elements.csv"] = header("elements.csv") + fmt::format("{},contained metal,{}\n", kMetal, kUnsaid);
  std::string& text = layer.texts["compositions.csv"] = header("compositions.csv");
  for (const auto& id : product_ids(layer)) text += fmt::format("{},{},1,t/t,{}\n", id, kMetal, kUnsaid);
}

}  // namespace

bool inherits(const fs::path& folder) {
  base::Diagnostics unheard;
  std::error_code error;
  if (!fs::is_regular_file(folder / "dataset.toml", error)) return false;
  const auto document = read_toml(folder / "dataset.toml", unheard);
  if (!document) return false;
  const auto* said = document->get("inherits");
  return said != nullptr && said->value_exact<bool>().value_or(false);
}

void complete(Layer& layer, const fs::path& from, base::Diagnostics& diagnostics) {
  const bool same_regions = !layer.texts.contains("regions.csv");
  for (const char* file : {"fx.csv", "deflator.csv", "parameters.csv"}) inherit(layer, from, file, diagnostics);
  if (same_regions)
    for (const char* file : {"regions.csv", "groups.csv"}) inherit(layer, from, file, diagnostics);
  // What a country asks of any project; what it takes to build is for the mineral's own construction.csv to say.
  std::error_code error;
  for (const char* file : {"permits.csv", "country_risk.csv"})
    if (same_regions && fs::exists(from / file, error)) inherit(layer, from, file, diagnostics);
  count_metal(layer);
  for (const TableSpec& spec : tables()) {
    if (layer.texts.contains(spec.file)) continue;
    if (spec.may_be_empty)
      layer.texts[spec.file] = header(spec.file);
    else
      diagnostics.error({layer.path(spec.file)}, "no such file",
                        fmt::format("{}, with the columns {}", spec.meaning, fmt::join(column_names(spec), ",")));
  }
}

}  // namespace lodestone::dataset
