// The parts that an expression is composed of while it is compiled.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "lodestone/insight/expression.hpp"

namespace lodestone::insight {

struct Node {
  Type type;
  Rule rule;
  std::size_t begin = 0, end = 0;    // bytes of the text
  std::optional<base::Month> month;  // of a month written down, `start` and `end`
};

/// Months of a run: from one month to another, both included.
struct SpanNode {
  Rule from, to;  // months
};

/// Why operands do not fit: what was found, what was expected.
struct Misfit {
  std::string found, expected;
};

/// Months of the track that a span covers, as indices; nothing when it is not whole in the track or cannot be said.
struct Indices {
  std::size_t first = 0, end = 0;
};
std::optional<Indices> indices(const SpanNode& span, const Evaluation& evaluation);

/// a + b, a - b, a * b, a / b. Throws Misfit.
Node arithmetic(char op, const Node& a, const Node& b);
Node negative(Node a);
/// left < bound and so on; `words` is the text of the left side. Throws Misfit.
Node comparison(const std::string& op, const Node& left, const Node& bound, std::string words,
                const std::string& bound_words);
Node between(const Node& left, const Node& low, const Node& high, std::string words, const std::string& low_words,
             const std::string& high_words);
/// and, or, not. Throws Misfit.
Node both(const Node& a, const Node& b);
Node either(const Node& a, const Node& b);
Node negation(Node a);

}  // namespace lodestone::insight
