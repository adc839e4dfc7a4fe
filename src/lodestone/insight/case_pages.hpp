// Pages of docs/ about cases, made from the program's own tables.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lodestone::insight {

/// docs/expressions.md: the language of expressions.
std::string expressions_page();
/// docs/case_format.md: tables and keys of a case.toml.
std::string case_format_page();
/// docs/backtests.md: every case run on the shipped dataset's behaviour and held against what was observed.
std::string backtests_page(const std::vector<std::filesystem::path>& cases, const std::filesystem::path& shipped);

}  // namespace lodestone::insight
