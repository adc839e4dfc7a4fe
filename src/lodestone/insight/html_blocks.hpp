// The blocks of a page as HTML.
#pragma once

#include <string>

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

/// A table; figures carry their full value in data-value. Tables of many columns become cards on narrow screens.
std::string html_table(const Table& table);
/// A chart with its numbers folded beneath it.
std::string html_chart(const Chart& chart);
std::string html_block(const Block& block);

}  // namespace lodestone::insight
