#include "lodestone/policy/lever.hpp"

#include <fmt/format.h>

#include <utility>

#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {

using base::OptionSpec;
using base::OptionType;

WrongOptions::WrongOptions(std::vector<WrongOption> all)
    : std::runtime_error(all.empty() ? "wrong options" : all.front().found), all_(std::move(all)) {}

std::span<const LeverKind> lever_kinds() {
  static const std::vector<LeverKind> kinds = [] {
    std::vector<LeverKind> list;
    list.push_back(acquisition_kind());
    list.push_back(demand_recession_kind());
    list.push_back(diplomatic_pressure_kind());
    list.push_back(environmental_rule_kind());
    list.push_back(equity_stake_kind());
    list.push_back(export_ban_kind());
    list.push_back(export_licence_kind());
    list.push_back(export_quota_kind());
    list.push_back(export_tax_kind());
    list.push_back(friend_shoring_kind());
    list.push_back(grant_kind());
    list.push_back(green_premium_kind());
    list.push_back(guarantee_kind());
    list.push_back(import_tariff_kind());
    list.push_back(inspection_kind());
    list.push_back(investment_blockade_kind());
    list.push_back(investment_screening_kind());
    list.push_back(loan_kind());
    list.push_back(local_content_kind());
    list.push_back(mine_disruption_kind());
    list.push_back(nationalisation_kind());
    list.push_back(off_take_kind());
    list.push_back(origin_rule_kind());
    list.push_back(outbound_finance_kind());
    list.push_back(permitting_reform_kind());
    list.push_back(policy_reversal_kind());
    list.push_back(price_flood_kind());
    list.push_back(price_floor_kind());
    list.push_back(production_quota_kind());
    list.push_back(raw_ore_ban_kind());
    list.push_back(recycling_mandate_kind());
    list.push_back(research_kind());
    list.push_back(royalty_kind());
    list.push_back(sanctions_kind());
    list.push_back(stockpile_kind());
    list.push_back(stockpile_release_kind());
    list.push_back(supply_pact_kind());
    list.push_back(tax_credit_kind());
    list.push_back(technology_ban_kind());
    list.push_back(threat_kind());
    list.push_back(training_kind());
    list.push_back(truce_kind());
    list.push_back(war_kind());
    return list;
  }();
  return kinds;
}

std::string example_scenario(const LeverKind& kind) {
  return fmt::format(
      "[run]\n"
      "id = \"{0}-example\"\n"
      "title = \"Example of {0}\"\n"
      "question = \"What does it change?\"\n"
      "start = \"2025-01\"\n"
      "months = 24\n"
      "\n"
      "[[levers]]\n"
      "id = \"example\"\n"
      "kind = \"{0}\"\n"
      "start = \"2025-04\"\n"
      "end = \"2026-04\"\n"
      "source = \"assumption: an example\"\n"
      "{1}",
      kind.name, kind.example);
}

OptionSpec levers_option(bool required, std::string help) {
  return {"levers", OptionType::text_list, "", 0, -1, required, "", std::move(help)};
}

std::optional<std::size_t> find_lever(std::span<const std::unique_ptr<Lever>> levers, const std::string& id) {
  for (std::size_t l = 0; l < levers.size(); ++l)
    if (levers[l]->head().id == id) return l;
  return std::nullopt;
}

std::span<const OptionSpec> common_lever_options() {
  static const std::vector<OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "name of the lever in reports; lower-case words joined by hyphens"},
      {"kind", OptionType::text, "", 0, -1, true, "", "kind of lever"},
      {"actor", OptionType::text, "", 0, -1, true, "",
       "the government that acts: a region, or a group as of the start"},
      {"start", OptionType::month, "", 0, -1, true, "", "first month in force, within the run"},
      {"end", OptionType::month, "", 0, -1, true, "", "first month no longer in force; may lie after the run"},
      {"announced", OptionType::month, "", 0, -1, false, "",
       "month in which the public learns of it, within the run and not after the start; not given: the start"},
      {"products", OptionType::text_list, "", 0, -1, true, "", "products it acts on, or [\"all\"]"},
      {"origins", OptionType::text_list, "", 0, -1, false, "",
       "regions or groups the goods come from, or where the plants stand; not given: the actor's regions (exports, "
       "stocks, plants), or every region that "
       "is "
       "not a destination (imports)"},
      {"destinations", OptionType::text_list, "", 0, -1, false, "",
       "regions or groups the goods go to; not given or [\"all\"]: every region that is not an origin (exports), or "
       "the "
       "actor's regions (imports)"},
      {"source", OptionType::text, "", 0, -1, true, "", "publication that states the measure, or 'assumption: ...'"},
  };
  return options;
}

}  // namespace lodestone::policy
