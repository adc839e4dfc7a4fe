// Reading the tables [ensemble], [[uncertain]] and [[hazards]] of a scenario, and putting drawn numbers into its
// levers.
#pragma once

#include <toml++/toml.h>

#include <span>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/ensemble_options.hpp"

namespace lodestone::policy {

/// Reads both tables, every error at once; they may be missing.
EnsembleOptions read_ensemble(const toml::table& document, base::Diagnostics& diagnostics);

/// Puts drawn numbers into the levers of a document whose tables were read without errors. A lever with a hazard begins
/// when it was drawn to, with all its dates, and is left out where its event does not come, or was not drawn.
void put_drawn(const EnsembleOptions& ensemble, std::span<const DrawnOption> drawn, toml::table& document);

}  // namespace lodestone::policy
