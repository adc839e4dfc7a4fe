// Tables as pages show them.
#pragma once

#include <string>

#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// A table in Markdown with its note; "None." when it has no rows.
std::string markdown(const Table& table);
/// The same under its title as a heading of the second level.
std::string markdown_section(const Table& table);

}  // namespace lodestone::insight
