// What the rows of the chronicle must say beside their cells.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
namespace {

// Names are put into lists of names and commands.
bool is_name(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

}  // namespace

void check_chronicle(const RawDataset& raw, base::Diagnostics& diagnostics) {
  using world::EventStatus;
  for (const auto& row : raw.events) {
    if (!is_name(row.event))
      diagnostics.error(row.place("event"), fmt::format("event '{:.60}'", row.event), "letters, digits and hyphens");
    if (row.magnitude.empty() && !row.unit.empty())
      diagnostics.error(row.place("unit"), fmt::format("unit '{:.60}' without a magnitude", row.unit),
                        "a magnitude, or no unit");
    if (row.status == EventStatus::not_mappable && row.reason.empty())
      diagnostics.error(row.place("reason"), fmt::format("event {} is not mappable", row.event), "the reason");
    if (row.status == EventStatus::observation && row.series.empty() && row.reason.empty())
      diagnostics.error(row.place("series"), fmt::format("event {} is an observation of nothing", row.event),
                        "the series it is held against, or the reason why there is none");
    if (row.status != EventStatus::observation && !row.series.empty())
      diagnostics.error(row.place("series"),
                        fmt::format("event {} has a series and is of status {}", row.event, to_string(row.status)),
                        "no series: only observations are held against one");
  }
}

}  // namespace lodestone::dataset
