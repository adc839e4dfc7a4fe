// Functions of expressions that turn what is known for every month into one value. One table: the compiler and
// docs/expressions.md are made from it.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "lodestone/insight/expression_node.hpp"

namespace lodestone::insight {

struct Function {
  std::string name;
  std::string signature;  // "max(x, period)"
  std::string gives;      // "a number in the unit of x"
  std::string meaning;
  bool takes_period = true;  // as a second argument that may be left out: then the whole run
  bool takes_month = false;  // as a second argument
  /// The node of the function of x over a span (or in a month, or as many months, when it takes one). Throws Misfit.
  std::function<Node(Node x, SpanNode span)> make;
  bool takes_months = false;  // a number of months as a second argument
};

std::span<const Function> functions();

}  // namespace lodestone::insight
