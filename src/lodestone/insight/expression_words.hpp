// The words of an expression, each with its place in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lodestone/base/calendar.hpp"

namespace lodestone::insight {

enum class WordKind { number, name, date, symbol, wrong, end };

struct Word {
  WordKind kind = WordKind::end;
  std::string text;                // a name without its quotes
  double number = 0;               // of a number
  base::Period period;             // of a date, and of a number that may be a year
  bool may_be_year = false;        // four digits between 1900 and 2200
  std::size_t begin = 0, end = 0;  // bytes of the text
};

/// Names may hold hyphens (dysprosium-oxide) or stand in single quotes; dates are 2011, 2011-08, 2011-08-31, 2011-Q3,
/// 2011-H2. So a minus sign between names or dates needs blanks. The last word is of kind `end`; what cannot be read
/// is one word of kind `wrong`.
std::vector<Word> words_of(std::string_view text);

}  // namespace lodestone::insight
