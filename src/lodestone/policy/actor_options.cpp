// The keys of an actor's file.
#include "lodestone/policy/actor.hpp"

namespace lodestone::policy {

using base::OptionSpec;
using base::OptionType;

std::span<const OptionSpec> actor_options() {
  static const std::vector<OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "a region or group; the file is named after it"},
      {"name", OptionType::text, "", 0, -1, true, "", "its name in sentences"},
      {"goals", OptionType::text_list, "", 0, -1, true, "", "what it wants, one sentence each"},
      {"budget", OptionType::number, "million USD a year", 0, 1e7, true, "",
       "public money for what its rules bring, in money of 2024"},
      {"budget-source", OptionType::text, "", 0, -1, true, "", "publication that states it, or 'assumption: ...'"}};
  return options;
}

std::span<const OptionSpec> rule_options() {
  static const std::vector<OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "name of the rule; lower-case words joined by hyphens"},
      {"title", OptionType::text, "", 0, -1, true, "", "what it does, in a sentence"},
      {"response", OptionType::text, "", 0, -1, true, "",
       "what kind of answer it is: military, supply, economic or strategic"},
      {"probability", OptionType::number, "a month", 0, 1, true, "",
       "that it decides in a month in which its conditions hold, more than 0"},
      {"delay", OptionType::integer, "months", 0, 120, true, "", "from the decision to the act"},
      {"times", OptionType::integer, "", 1, 12, false, "1", "most acts in a run"},
      {"cooldown", OptionType::integer, "months", 0, 600, false, "12", "between a decision and the next"},
      {"cost", OptionType::number, "million USD", 0, 1e7, false, "",
       "set aside of the year's budget; required where a lever costs the public money"},
      {"withdraws", OptionType::text_list, "", 0, -1, false, "",
       "other rules of the actor, whose levers end with the act"},
      {"lacks", OptionType::text_list, "", 0, -1, false, "",
       "products, regions or plants that it needs and the dataset does not have: it is listed and never acts"},
      {"known-from", OptionType::text, "", 0, -1, true, "",
       "day since when what it rests on was public; it is left out of runs as of an earlier day"},
      {"source", OptionType::text, "", 0, -1, true, "", "what its trigger, delay and odds rest on"}};
  return options;
}

std::span<const OptionSpec> condition_options() {
  static const std::vector<OptionSpec> options{
      {"observe", OptionType::text, "", 0, -1, true, "", "what is looked at, one of the table of observables"},
      {"products", OptionType::text_list, "", 0, -1, false, "",
       "of what; of several one is enough. Not needed for levers"},
      {"regions", OptionType::text_list, "", 0, -1, false, "",
       "where; not given: at home (of levers: directed at anybody)"},
      {"others", OptionType::text_list, "", 0, -1, false, "", "the other side of premium and import-share"},
      {"end-uses", OptionType::text_list, "", 0, -1, false, "", "of unmet and loss; not given: all"},
      {"by", OptionType::text_list, "", 0, -1, false, "", "actors whose levers count"},
      {"kinds", OptionType::text_list, "", 0, -1, false, "", "kinds of lever that count"},
      {"within", OptionType::integer, "months", 1, 600, false, "",
       "only levers that became known in so many months; not given: all that are not over"},
      {"above", OptionType::number, "", -1e12, 1e12, false, "", "it holds above this; either this or below"},
      {"below", OptionType::number, "", -1e12, 1e12, false, "", "it holds below this"},
      {"months", OptionType::integer, "months", 1, 60, false, "1", "published months in a row in which it must hold"},
      {"average", OptionType::integer, "months", 1, 60, false, "1", "months that each value is the mean of"},
      {"lag", OptionType::integer, "months", 1, 60, false, "",
       "until a month is published; not given: that of the observable"}};
  return options;
}

std::span<const OptionSpec> lobby_options() {
  static const std::vector<OptionSpec> options{
      {"products", OptionType::text_list, "", 0, -1, true, "", "what they use; the worst counts"},
      {"end-uses", OptionType::text_list, "", 0, -1, true, "", "who presses"},
      {"strength", OptionType::number, "a month per unit of loss", 0, 100, true, "",
       "how much the odds rise with their loss, more than 0"}};
  return options;
}

std::span<const OptionSpec> packaged_options() {
  static const std::vector<OptionSpec> options{
      {"after", OptionType::integer, "months", 0, 240, false, "0", "from the act to its first month in force"},
      {"months", OptionType::integer, "months", 1, 600, false, "", "in force; not given: for good"},
      {"notice", OptionType::integer, "months", 0, 240, false, "0",
       "that the public knows of it before it starts, at most delay plus after"}};
  return options;
}

}  // namespace lodestone::policy
