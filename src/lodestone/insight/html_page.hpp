// A page as one HTML file: no script, no network, charts as SVG inside it.
#pragma once

#include <string>

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

/// The whole document. Everything that comes from data is escaped; a policy in the page itself forbids scripts and
/// loading anything from anywhere.
std::string html(const Page& page);

/// The page's style sheet: light and dark, screen and paper.
const char* html_style();

}  // namespace lodestone::insight
