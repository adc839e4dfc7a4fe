// The page docs/levers.md, made from the tables of options.
#pragma once

#include <span>
#include <string>

#include "lodestone/base/option.hpp"

namespace lodestone::policy {

/// Options as a table in Markdown: key, value, default, meaning.
std::string options_table(std::span<const base::OptionSpec> options);

/// Markdown: how a scenario is written, then every kind of lever with its options, equations and rule for overlap.
std::string levers_page();

}  // namespace lodestone::policy
