#include "lodestone/dataset/row_rules.hpp"

#include <fmt/format.h>

namespace lodestone::dataset {
namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace

void check_provenance(const Row& row, base::Diagnostics& diagnostics) {
  using world::Confidence;
  const auto& p = row.provenance;
  const std::string word = lower(p.source);
  if (word.starts_with("recalled") && !p.recalled)
    diagnostics.error(row.place("source"), fmt::format("source '{:.60}'", p.source),
                      "a figure from memory to begin with the words 'recalled, unverified:'", "recalled, unverified:");
  for (const char* label : {"derived", "assumption"})
    if (word.starts_with(label) && !p.source.starts_with(std::string(label) + ":"))
      diagnostics.error(row.place("source"), fmt::format("source '{:.60}'", p.source),
                        fmt::format("the label '{}:' at the start", label), std::string(label) + ":");
  if (p.recalled && p.confidence != Confidence::low && p.confidence != Confidence::assumed)
    diagnostics.error(row.place("confidence"), fmt::format("confidence '{}'", world::to_string(p.confidence)),
                      "low or assumed, because the source is 'recalled, unverified'");
  if (p.source.starts_with("assumption:") && p.confidence != Confidence::assumed)
    diagnostics.error(row.place("confidence"), fmt::format("confidence '{}'", world::to_string(p.confidence)),
                      "assumed, because the source is an assumption");
  if (p.valid_to < p.valid_from)
    diagnostics.error(row.place("valid_to"), fmt::format("valid_to {}", p.valid_to.text()),
                      fmt::format("a date on or after valid_from {}", p.valid_from.text()));
}

void Keys::check(const std::vector<std::string>& cells, const Row& row) {
  std::string key, shown;
  for (const auto& name : table_.key) {
    const std::string& text = cells[table_.column(name)];
    key += text + '\x1f';
    shown += (shown.empty() ? "" : ", ") + text;
  }
  auto& earlier_rows = seen_[key];
  for (const world::Provenance& earlier : earlier_rows) {
    const auto& p = row.provenance;
    if (table_.dated_key && (p.valid_to < earlier.valid_from || earlier.valid_to < p.valid_from)) continue;
    diagnostics_.error(row.place(table_.key.front()), fmt::format("'{:.120}' again", shown),
                       fmt::format("one row for it{}; the first is in line {}", table_.dated_key ? " at any time" : "",
                                   earlier.place.line));
    return;
  }
  earlier_rows.push_back(row.provenance);
}

}  // namespace lodestone::dataset
