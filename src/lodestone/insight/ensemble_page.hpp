// What stands on the page of an ensemble: `lodestone report` of one.
#pragma once

#include <optional>

#include "lodestone/insight/outlook.hpp"
#include "lodestone/insight/page.hpp"
#include "lodestone/store/catalogue.hpp"

namespace lodestone::insight {

/// Answer; fan charts of what was kept, with the months' quantiles as a table; conditions; what the headline hangs on;
/// futures that were dropped; how to make it again.
/// Beside these what `more` holds: probabilities of propositions, projects.
struct MorePages {
  std::optional<Report> scorecard, projects;
};
Page ensemble_page(const ensemble::EnsembleFile& file, const store::RunRow& row, const MorePages& more = {});

}  // namespace lodestone::insight
