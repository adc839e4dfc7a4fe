// Checks of single figures that need more than one cell: stocks, parameters, published shares.
#include <fmt/format.h>

#include <tuple>

#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
void check_stocks(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.stocks) {
    const bool government = row.holder == world::Holder::government;
    const bool commercial = row.holder == world::Holder::commercial;
    const std::string what = "a " + to_string(row.holder) + " stock ";
    if (!government && !row.cover_months)
      diagnostics.error(row.place("cover_months"), what + "without cover", "months of use");
    if (!government && !commercial && row.quantity)
      diagnostics.error(row.place("quantity"), what + "with a quantity", "nothing: cover_months gives it");
    if (commercial && row.quantity && (row.product == "all" || row.region == "all"))
      diagnostics.error(row.place("quantity"), what + "of several products or regions with a quantity",
                        "one product in one region, or no quantity");
    if (government && !row.quantity) diagnostics.error(row.place("quantity"), what + "without quantity", "t");
    if (government && row.cover_months)
      diagnostics.error(row.place("cover_months"), what + "with cover", "nothing: quantity gives it");
  }
}

void check_parameters(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.parameters)
    if (row.value < row.low || row.value > row.high)
      diagnostics.error(row.place("value"), fmt::format("{} = {}", row.id, row.value),
                        fmt::format("a value from its low {} to its high {}", row.low, row.high));
}

void check_published(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<std::tuple<std::string, std::string, int>, double> sums;
  for (const auto& row : raw.published_shares) {
    double& sum = sums[{row.stage, row.measure, row.year}];
    const bool below = sum <= 1.001;
    sum += row.share;
    if (below && sum > 1.001)
      diagnostics.error(row.place("share"),
                        fmt::format("shares of {} in {}, {} sum to {:.6g}", row.measure, row.stage, row.year, sum),
                        "at most 1");
  }
}

}  // namespace lodestone::dataset
