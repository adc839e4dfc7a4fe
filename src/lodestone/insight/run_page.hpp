// What stands on the page of a run: its answer first, then the pictures and the evidence behind it.
#pragma once

#include "lodestone/insight/page.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/store/catalogue.hpp"

namespace lodestone::insight {

/// `replay` must have results; `row` is the run's line in the catalogue.
Page run_page(const Replay& replay, const store::RunRow& row);

}  // namespace lodestone::insight
