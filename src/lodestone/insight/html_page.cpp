#include "lodestone/insight/html_page.hpp"

#include <fmt/format.h>

#include <cmath>

#include "lodestone/insight/html_blocks.hpp"
#include "lodestone/insight/html_text.hpp"

namespace lodestone::insight {
namespace {

std::string first_screen(const Page& page) {
  const auto warning =
      page.warning.empty() ? "" : fmt::format("<p id=\"warning\" role=\"note\">{}</p>\n", escaped(page.warning));
  std::string out = fmt::format(
      "<header>\n<p class=\"kicker\">{}</p>\n<h1 id=\"question\">{}</h1>\n{}<p id=\"answer\">{}</p>\n<div "
      "class=\"head\">\n"
      "<section aria-labelledby=\"h-drivers\">\n<h2 id=\"h-drivers\">What drives it</h2>\n<ol id=\"drivers\">\n",
      escaped(page.kicker), escaped(page.head.question), warning, escaped(page.head.answer));
  for (const auto& driver : page.head.drivers) out += fmt::format("<li>{}</li>\n", escaped(driver));
  out +=
      "</ol>\n</section>\n<section aria-labelledby=\"h-assumed\">\n<h2 id=\"h-assumed\">What rests on assumed "
      "figures</h2>\n";
  if (!std::isnan(page.head.assumed_share))  // not every answer has such a share
    out += fmt::format(
        "<p class=\"big\"><span id=\"assumed-share\" data-value=\"{}\">{}</span> <span "
        "class=\"small\">{}</span></p>\n",
        page.head.assumed_share, escaped(percent(page.head.assumed_share)), escaped(page.assumed_says));
  out += "<dl class=\"meters\">\n";
  for (const auto& meter : page.assumed)
    out += fmt::format("<dt>{}</dt><dd><span class=\"meter\"><i style=\"width:{:.1f}%\"></i></span> <b>{}</b></dd>\n",
                       escaped(meter.name), 100 * meter.share, escaped(percent(meter.share)));
  return out + fmt::format("</dl>\n<p class=\"note\" id=\"assumed\">{}</p>\n</section>\n</div>\n</header>\n",
                           escaped(page.head.assumed));
}

std::string contents(const Page& page) {
  std::string out = "<nav aria-label=\"Sections\"><ul>\n";
  for (const auto& section : page.sections)
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escaped(section.id), escaped(section.title));
  return out + "</ul></nav>\n";
}

}  // namespace

std::string html(const Page& page) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "img-src data:\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n{}{}",
      escaped(page.head.question), html_style(), first_screen(page), contents(page));
  for (const auto& section : page.sections) {
    out += fmt::format("<section id=\"{}\" aria-labelledby=\"h-{}\">\n<h2 id=\"h-{}\">{}</h2>\n", escaped(section.id),
                       escaped(section.id), escaped(section.id), escaped(section.title));
    for (const auto& block : section.blocks) out += html_block(block);
    out += "</section>\n";
  }
  return out + fmt::format("</main>\n<footer>{}</footer>\n</body>\n</html>\n", escaped(page.colophon));
}

}  // namespace lodestone::insight
