// Levers of a TOML document: of a scenario, or of a case that is held against what happened.
#pragma once

#include <toml++/toml.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// What levers need to know of the run; nothing when the file does not say it rightly.
struct RunFrame {
  std::optional<base::Month> start;
  std::optional<int> months;
};

/// The tables [[levers]] of a document, every error at once. Keys that cannot be judged are taken out of it. `others`
/// are in the run already: those of the document may name them and may not repeat their ids.
std::vector<std::unique_ptr<Lever>> read_levers(toml::table& document, const world::World& world, const RunFrame& frame,
                                                base::Diagnostics& diagnostics,
                                                std::span<const std::unique_ptr<Lever>> others = {});

}  // namespace lodestone::policy
