// The page docs/actors.md, made from the tables of options and the actors of a dataset.
#pragma once

#include <string>

#include "lodestone/policy/actor.hpp"

namespace lodestone::policy {

/// Markdown: how an actor's file is written, what rules can see, and every actor with its rules.
std::string actors_page(const Reacting& reacting);

}  // namespace lodestone::policy
