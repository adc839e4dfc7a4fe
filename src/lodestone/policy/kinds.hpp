// The kinds of lever, each defined in the file of its name.
#pragma once

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

LeverKind export_ban_kind();
LeverKind export_licence_kind();
LeverKind export_quota_kind();
LeverKind export_tax_kind();
LeverKind import_tariff_kind();
LeverKind origin_rule_kind();
LeverKind stockpile_release_kind();

}  // namespace lodestone::policy
