// The page docs/levers.md, made from the tables of options.
#pragma once

#include <string>

namespace lodestone::policy {

/// Markdown: how a scenario is written, then every kind of lever with its options, equations and rule for overlap.
std::string levers_page();

}  // namespace lodestone::policy
