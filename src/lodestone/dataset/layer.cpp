#include "lodestone/dataset/layer.hpp"

#include <algorithm>
#include <system_error>

#include "lodestone/dataset/file_text.hpp"
#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;

bool may_be_absent(const std::string& file) {
  if (file == kChronicleLeversFile) return true;
  const auto all = tables();
  return std::any_of(all.begin(), all.end(),
                     [&](const TableSpec& spec) { return spec.file == file && spec.may_be_absent; });
}

std::vector<std::string> files(const std::vector<std::string>& more) {
  std::vector<std::string> all = more;
  for (const TableSpec& spec : tables()) all.push_back(spec.file);
  all.emplace_back(kChronicleLeversFile);
  return all;
}

// Names as in the tables: "prices.csv", "chronicle/events.csv".
void add_unknown(const fs::path& folder, const std::string& below, const std::vector<std::string>& known,
                 std::vector<std::string>& unknown) {
  std::error_code error;
  for (fs::directory_iterator it(folder / below, error), end; !error && it != end; it.increment(error)) {
    const std::string file = it->path().filename().string(), name = below + file;
    const auto extension = it->path().extension();
    const bool ours = (extension == ".csv" || extension == ".toml") && !file.starts_with('.');
    if (ours && std::find(known.begin(), known.end(), name) == known.end()) unknown.push_back(name);
  }
}

// "actors/CHN.toml" and the like, by name.
std::vector<std::string> actor_files(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator it(folder / kActorsFolder, error), end; !error && it != end; it.increment(error)) {
    const std::string file = it->path().filename().string();
    if (it->path().extension() == ".toml" && !file.starts_with('.')) found.push_back(kActorsFolder + file);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void check_unknown_files(const fs::path& folder, const std::vector<std::string>& known, Whole whole,
                         base::Diagnostics& diagnostics) {
  std::vector<std::string> unknown;
  add_unknown(folder, "", known, unknown);
  add_unknown(folder, "chronicle/", known, unknown);
  add_unknown(folder, kActorsFolder, known, unknown);
  std::sort(unknown.begin(), unknown.end());
  for (const auto& name : unknown)
    diagnostics.error({(folder / name).string()},
                      whole != Whole::no ? "a file that the dataset does not have" : "a file that no overlay has",
                      whole != Whole::no ? "the files of docs/data.md" : "the files of docs/overlays.md",
                      base::nearest_name(name, known));
}

}  // namespace

Layer read_layer(const fs::path& folder, Whole whole, const std::vector<std::string>& more,
                 base::Diagnostics& diagnostics) {
  Layer layer{folder, {}};
  auto known = files(more);
  const auto actors = actor_files(folder);
  for (const auto& file : actors)
    if (auto text = read_text(folder / file, diagnostics)) layer.texts.emplace(file, std::move(*text));
  std::error_code error;
  for (const auto& file : known) {
    if ((whole != Whole::yes || may_be_absent(file)) && !fs::exists(folder / file, error)) continue;
    if (auto text = read_text(folder / file, diagnostics)) layer.texts.emplace(file, std::move(*text));
  }
  known.insert(known.end(), actors.begin(), actors.end());
  check_unknown_files(folder, known, whole, diagnostics);
  return layer;
}

void add_texts(const Layer& layer, const std::string& prefix, const std::vector<std::string>& more,
               Fingerprint& fingerprint) {
  for (const auto& file : files(more))
    if (const auto text = layer.texts.find(file); text != layer.texts.end())
      fingerprint.add(prefix + file, text->second);
  for (const auto& [file, text] : layer.texts)
    if (file.starts_with(kActorsFolder)) fingerprint.add(prefix + file, text);
}

}  // namespace lodestone::dataset
