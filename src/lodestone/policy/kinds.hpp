// The kinds of lever, each defined in the file of its name.
#pragma once

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

LeverKind environmental_rule_kind();
LeverKind equity_stake_kind();
LeverKind export_ban_kind();
LeverKind export_licence_kind();
LeverKind export_quota_kind();
LeverKind export_tax_kind();
LeverKind grant_kind();
LeverKind green_premium_kind();
LeverKind guarantee_kind();
LeverKind import_tariff_kind();
LeverKind inspection_kind();
LeverKind loan_kind();
LeverKind local_content_kind();
LeverKind off_take_kind();
LeverKind origin_rule_kind();
LeverKind price_floor_kind();
LeverKind raw_ore_ban_kind();
LeverKind royalty_kind();
LeverKind stockpile_kind();
LeverKind stockpile_release_kind();
LeverKind tax_credit_kind();

}  // namespace lodestone::policy
