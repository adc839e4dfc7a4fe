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

void Keys::check(const Row& row) {
  const auto& p = row.provenance;
  auto& earlier_rows = seen_[row.key];
  for (const world::Provenance& earlier : earlier_rows) {
    const bool other_time = p.valid_to < earlier.valid_from || earlier.valid_to < p.valid_from;
    const bool revised =
        p.known_from != earlier.known_from && (!table_.dated_key || p.valid_from == earlier.valid_from);
    if (revised || (other_time && (table_.dated_key || !table_.keeps_history))) continue;
    diagnostics_.error(row.place(table_.key.front()), fmt::format("'{:.120}' again", row.key),
                       fmt::format("one row for it at any time, or another known_from for a revision{}; the first is "
                                   "in line {}",
                                   table_.dated_key ? " of the same valid_from" : "", earlier.place.line));
    return;
  }
  earlier_rows.push_back(p);
}

}  // namespace lodestone::dataset
