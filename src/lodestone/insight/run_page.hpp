// What stands on the page of a run: its answer first, then the pictures and the evidence behind it.
#pragma once

#include <vector>

#include "lodestone/insight/backtest_class.hpp"
#include "lodestone/insight/page.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/store/catalogue.hpp"

namespace lodestone::insight {

/// `replay` must have results; `row` is the run's line in the catalogue; `backtests` are the stored results of every
/// case (cases/results.csv), empty when they are not at hand.
Page run_page(const Replay& replay, const store::RunRow& row, std::vector<ClassScore> backtests);

}  // namespace lodestone::insight
