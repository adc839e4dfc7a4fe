// Operators of expressions: what they do to numbers, months and conditions, once or for every month.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lodestone/insight/expression_node.hpp"

namespace lodestone::insight {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

template <class Of>
Rule each(Rule a, Rule b, Of of) {
  return [a = std::move(a), b = std::move(b), of](const Evaluation& evaluation) {
    const Values x = a(evaluation), y = b(evaluation);
    Values out(std::max(x.size(), y.size()));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = of(x[x.size() == 1 ? 0 : i], y[y.size() == 1 ? 0 : i]);
    return out;
  };
}

template <class Of>
Rule each(Rule a, Of of) {
  return [a = std::move(a), of](const Evaluation& evaluation) {
    Values out = a(evaluation);
    std::transform(out.begin(), out.end(), out.begin(), of);
    return out;
  };
}

Node composed(const Node& a, const Node& b, Type type, Rule rule) {
  type.series = a.type.series || b.type.series;
  return {type, std::move(rule), a.begin, b.end, {}};
}

bool is(const Node& node, Kind kind) {
  return node.type.kind == kind;
}

bool is_time(const Node& node) {
  return is(node, Kind::number) && node.type.dimension == kTime;
}

Type number(Dimension dimension) {
  return {Kind::number, false, dimension};
}

Node sum(char op, const Node& a, const Node& b) {
  const double sign = op == '+' ? 1 : -1;
  auto rule = each(a.rule, b.rule, [sign](double x, double y) { return x + sign * y; });
  if (is(a, Kind::month) && is(b, Kind::month) && op == '-') return composed(a, b, number(kTime), std::move(rule));
  if (is(a, Kind::month) && is_time(b)) return composed(a, b, {Kind::month, false, {}}, std::move(rule));
  if (is(a, Kind::month))
    throw Misfit{fmt::format("a month {} {}", op, to_string(b.type)), "a number of months, such as 3 months"};
  if (!is(a, Kind::number) || !is(b, Kind::number) || !(a.type.dimension == b.type.dimension))
    throw Misfit{fmt::format("{} {} {}", to_string(a.type), op, to_string(b.type)), "two numbers of one unit"};
  return composed(a, b, number(a.type.dimension), std::move(rule));
}

void must_compare(const Node& left, const Node& bound) {
  const bool numbers = is(left, Kind::number) && is(bound, Kind::number) && left.type.dimension == bound.type.dimension;
  if (!numbers && !(is(left, Kind::month) && is(bound, Kind::month)))
    throw Misfit{fmt::format("{} compared with {}", to_string(left.type), to_string(bound.type)),
                 "two numbers of one unit, or two months"};
}

// By how much a bound gives way.
double allowance(const Type& type, double bound, const Evaluation& evaluation) {
  const bool months = type.kind == Kind::month || type.dimension == kTime;
  return months ? evaluation.tolerance_months : evaluation.tolerance * std::abs(bound);
}

double truth_of(bool holds) {
  return holds ? 1 : 0;
}

double no_greater(double x, double bound, double allowed, bool strict) {
  if (std::isnan(x) || std::isnan(bound)) return kMissing;
  return truth_of(strict && allowed == 0 ? x < bound : x <= bound + allowed);
}

double no_smaller(double x, double bound, double allowed, bool strict) {
  return no_greater(-x, -bound, allowed, strict);
}

double all_of(double x, double y) {
  if (x == 0 || y == 0) return 0;
  return std::isnan(x) || std::isnan(y) ? kMissing : 1;
}

double any_of(double x, double y) {
  if (x == 1 || y == 1) return 1;
  return std::isnan(x) || std::isnan(y) ? kMissing : 0;
}

void note(const Evaluation& evaluation, const Values& left, const Values& out, Finding finding) {
  if (evaluation.findings == nullptr || left.size() != 1 || out.size() != 1) return;
  finding.value = left.front();
  finding.truth = out.front();
  evaluation.findings->push_back(std::move(finding));
}

void must_be_truth(const Node& node) {
  if (!is(node, Kind::truth)) throw Misfit{to_string(node.type), "a condition, such as price(...) > 100 USD/kg"};
}

template <class Of>
Node logic(const Node& a, const Node& b, Of of) {
  must_be_truth(a);
  must_be_truth(b);
  auto rule = each(a.rule, b.rule, of);
  return composed(a, b, {Kind::truth, false, {}}, std::move(rule));
}

}  // namespace

std::optional<Indices> indices(const SpanNode& span, const Evaluation& evaluation) {
  const double from = span.from(evaluation).front(), to = span.to(evaluation).front();
  if (std::isnan(from) || std::isnan(to)) return std::nullopt;
  const double first = std::round(from) - evaluation.track.start.count;
  const double last = std::round(to) - evaluation.track.start.count;
  if (first < 0 || last < first || last >= evaluation.track.months()) return std::nullopt;
  return Indices{static_cast<std::size_t>(first), static_cast<std::size_t>(last) + 1};
}

Node arithmetic(char op, const Node& a, const Node& b) {
  if (op == '+' || op == '-') return sum(op, a, b);
  if (!is(a, Kind::number) || !is(b, Kind::number))
    throw Misfit{fmt::format("{} {} {}", to_string(a.type), op, to_string(b.type)), "two numbers"};
  if (op == '*') {
    auto rule = each(a.rule, b.rule, [](double x, double y) { return x * y; });
    return composed(a, b, number(a.type.dimension + b.type.dimension), std::move(rule));
  }
  auto rule = each(a.rule, b.rule, [](double x, double y) { return y == 0 ? kMissing : x / y; });
  return composed(a, b, number(a.type.dimension - b.type.dimension), std::move(rule));
}

Node negative(Node a) {
  if (!is(a, Kind::number)) throw Misfit{"minus " + to_string(a.type), "a number"};
  a.rule = each(a.rule, [](double x) { return -x; });
  return a;
}

Node comparison(const std::string& op, const Node& left, const Node& bound, std::string words,
                const std::string& bound_words) {
  must_compare(left, bound);
  const bool below = op.front() == '<', strict = op.size() == 1;
  const Finding finding{std::move(words), 0, left.type, fmt::format("{} {}", op, bound_words), 0};
  auto rule = [=, l = left.rule, b = bound.rule](const Evaluation& evaluation) {
    Values value = l(evaluation);
    Values out = each([&](const Evaluation&) { return value; }, b,
                      [&](double x, double y) {
                        const double allowed = allowance(finding.type, y, evaluation);
                        return below ? no_greater(x, y, allowed, strict) : no_smaller(x, y, allowed, strict);
                      })(evaluation);
    note(evaluation, value, out, finding);
    return out;
  };
  return composed(left, bound, {Kind::truth, false, {}}, std::move(rule));
}

Node between(const Node& left, const Node& low, const Node& high, std::string words, const std::string& low_words,
             const std::string& high_words) {
  must_compare(left, low);
  must_compare(left, high);
  const Finding finding{std::move(words), 0, left.type, fmt::format("between {} and {}", low_words, high_words), 0};
  auto rule = [=, x = left.rule, a = low.rule, b = high.rule](const Evaluation& evaluation) {
    Values value = x(evaluation);
    const Rule known = [&](const Evaluation&) { return value; };
    const auto above = each(known, a, [&](double v, double bound) {
      return no_smaller(v, bound, allowance(finding.type, bound, evaluation), false);
    });
    const auto below = each(known, b, [&](double v, double bound) {
      return no_greater(v, bound, allowance(finding.type, bound, evaluation), false);
    });
    Values out = each(above, below, all_of)(evaluation);
    note(evaluation, value, out, finding);
    return out;
  };
  Node node = composed(left, high, {Kind::truth, false, {}}, std::move(rule));
  node.type.series = node.type.series || low.type.series;
  return node;
}

Node both(const Node& a, const Node& b) {
  return logic(a, b, all_of);
}

Node either(const Node& a, const Node& b) {
  return logic(a, b, any_of);
}

Node negation(Node a) {
  must_be_truth(a);
  a.rule = each(a.rule, [](double x) { return std::isnan(x) ? kMissing : truth_of(x == 0); });
  return a;
}

}  // namespace lodestone::insight
