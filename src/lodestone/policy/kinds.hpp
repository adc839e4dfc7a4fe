// The kinds of lever, each defined in the file of its name.
#pragma once

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

LeverKind acquisition_kind();
LeverKind demand_recession_kind();
LeverKind diplomatic_pressure_kind();
LeverKind environmental_rule_kind();
LeverKind equity_stake_kind();
LeverKind export_ban_kind();
LeverKind export_licence_kind();
LeverKind export_quota_kind();
LeverKind export_tax_kind();
LeverKind friend_shoring_kind();
LeverKind grant_kind();
LeverKind green_premium_kind();
LeverKind guarantee_kind();
LeverKind import_tariff_kind();
LeverKind inspection_kind();
LeverKind investment_blockade_kind();
LeverKind investment_screening_kind();
LeverKind loan_kind();
LeverKind local_content_kind();
LeverKind mine_disruption_kind();
LeverKind nationalisation_kind();
LeverKind off_take_kind();
LeverKind origin_rule_kind();
LeverKind outbound_finance_kind();
LeverKind permitting_reform_kind();
LeverKind policy_reversal_kind();
LeverKind price_flood_kind();
LeverKind price_floor_kind();
LeverKind production_quota_kind();
LeverKind raw_ore_ban_kind();
LeverKind recycling_mandate_kind();
LeverKind research_kind();
LeverKind royalty_kind();
LeverKind sanctions_kind();
LeverKind stockpile_kind();
LeverKind stockpile_release_kind();
LeverKind supply_pact_kind();
LeverKind tax_credit_kind();
LeverKind technology_ban_kind();
LeverKind threat_kind();
LeverKind training_kind();
LeverKind truce_kind();
LeverKind war_kind();

}  // namespace lodestone::policy
