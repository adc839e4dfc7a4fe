// Pages of docs/ about cases, made from the program's own tables.
#pragma once

#include <string>

namespace lodestone::insight {

/// docs/expressions.md: the language of expressions.
std::string expressions_page();
/// docs/case_format.md: tables and keys of a case.toml.
std::string case_format_page();

}  // namespace lodestone::insight
