// Reading the tables [ensemble] and [[uncertain]] of a scenario, and putting drawn numbers into its levers.
#pragma once

#include <toml++/toml.h>

#include <span>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/ensemble_options.hpp"

namespace lodestone::policy {

/// Reads both tables, every error at once; they may be missing.
EnsembleOptions read_ensemble(const toml::table& document, base::Diagnostics& diagnostics);

/// Puts drawn numbers into the levers of a document that was read without errors.
void put_drawn(std::span<const DrawnOption> drawn, toml::table& document);

}  // namespace lodestone::policy
