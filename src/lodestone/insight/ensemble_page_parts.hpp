// Sections of an ensemble's page that answers of their own stand behind.
#pragma once

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

/// Of the answer of `lodestone scorecard`.
Section scorecard_section(const Report& card);
/// Of the answer of `lodestone projects`: probabilities shaded by year, the rest folded.
Section projects_of_futures(const Report& projects);

}  // namespace lodestone::insight
