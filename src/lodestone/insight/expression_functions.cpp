#include "lodestone/insight/expression_functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace lodestone::insight {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// One value from the months of a span; `first` is the month of the first of them.
using Reduction = double (*)(const double* begin, const double* end, base::Month first);

Node reduced(Node x, SpanNode span, Type type, Reduction reduction) {
  Node out;
  out.type = type;
  out.rule = [x = std::move(x.rule), span = std::move(span), reduction](const Evaluation& evaluation) -> Values {
    const auto months = indices(span, evaluation);
    if (!months) return {kMissing};
    Values values = x(evaluation);
    if (values.size() == 1) values.assign(months->end, values.front());  // the same in every month
    return {reduction(values.data() + months->first, values.data() + months->end,
                      evaluation.track.start + static_cast<int>(months->first))};
  };
  return out;
}

void must_be(const Node& x, Kind kind, const char* expected) {
  if (x.type.kind != kind) throw Misfit{to_string(x.type), expected};
}

constexpr const char* kNumbers = "a number for every month, such as price(...)";
constexpr const char* kConditions = "a condition for every month, such as price(...) > 100 USD/kg";

// Mean of the months that have a value.
double mean(const double* begin, const double* end, base::Month) {
  double sum = 0;
  int count = 0;
  for (; begin != end; ++begin)
    if (!std::isnan(*begin)) {
      sum += *begin;
      ++count;
    }
  return count > 0 ? sum / count : kMissing;
}

double total(const double* begin, const double* end, base::Month) {
  double sum = 0;
  for (; begin != end; ++begin) sum += *begin;
  return sum;
}

template <class Better>
const double* extreme(const double* begin, const double* end, Better better) {
  const double* found = nullptr;
  for (; begin != end; ++begin)
    if (!std::isnan(*begin) && (found == nullptr || better(*begin, *found))) found = begin;
  return found;
}

template <class Better>
double extreme_value(const double* begin, const double* end, base::Month) {
  const double* found = extreme(begin, end, Better());
  return found == nullptr ? kMissing : *found;
}

// The first month with the extreme value.
template <class Better>
double extreme_month(const double* begin, const double* end, base::Month first) {
  const double* found = extreme(begin, end, Better());
  return found == nullptr ? kMissing : first.count + static_cast<double>(found - begin);
}

double first_month(const double* begin, const double* end, base::Month first) {
  const double* found = std::find(begin, end, 1.0);
  return found == end ? kMissing : first.count + static_cast<double>(found - begin);
}

double always(const double* begin, const double* end, base::Month) {
  if (std::find(begin, end, 0.0) != end) return 0;
  return std::any_of(begin, end, [](double x) { return std::isnan(x); }) ? kMissing : 1;
}

double ever(const double* begin, const double* end, base::Month) {
  if (std::find(begin, end, 1.0) != end) return 1;
  return std::any_of(begin, end, [](double x) { return std::isnan(x); }) ? kMissing : 0;
}

double months_with(const double* begin, const double* end, base::Month) {
  return static_cast<double>(std::count(begin, end, 1.0));
}

template <Reduction reduction>
Node number_of(Node x, SpanNode span) {
  must_be(x, Kind::number, kNumbers);
  const Type type{Kind::number, false, x.type.dimension};
  return reduced(std::move(x), std::move(span), type, reduction);
}

Node sum_of(Node x, SpanNode span) {
  must_be(x, Kind::number, kNumbers);
  const Type type{Kind::number, false, x.type.dimension + kTime};
  return reduced(std::move(x), std::move(span), type, total);
}

template <Reduction reduction>
Node month_of(Node x, SpanNode span) {
  must_be(x, Kind::number, kNumbers);
  return reduced(std::move(x), std::move(span), {Kind::month, false, {}}, reduction);
}

template <Reduction reduction, Kind kind>
Node of_condition(Node x, SpanNode span) {
  must_be(x, Kind::truth, kConditions);
  const Type type{kind, false, kind == Kind::number ? kTime : kPlain};
  return reduced(std::move(x), std::move(span), type, reduction);
}

template <class Of>
Node point_by_point(Node x, Dimension dimension, Of of) {
  x.rule = [rule = std::move(x.rule), of](const Evaluation& evaluation) {
    Values out = rule(evaluation);
    std::transform(out.begin(), out.end(), out.begin(), of);
    return out;
  };
  x.type.dimension = dimension;
  return x;
}

Node logarithm(Node x, const SpanNode&) {
  if (x.type.kind != Kind::number || !(x.type.dimension == kPlain))
    throw Misfit{to_string(x.type), "a number without unit, such as a ratio"};
  return point_by_point(std::move(x), kPlain, [](double v) { return v > 0 ? std::log(v) : kMissing; });
}

Node absolute(Node x, const SpanNode&) {
  must_be(x, Kind::number, "a number");
  const Dimension dimension = x.type.dimension;
  return point_by_point(std::move(x), dimension, [](double v) { return std::abs(v); });
}

// Months in a row.
double longest(const double* begin, const double* end, base::Month) {
  int most = 0, now = 0;
  for (; begin != end; ++begin) {
    now = *begin == 1.0 ? now + 1 : 0;
    most = std::max(most, now);
  }
  return most;
}

// A number for every month made from it and the months before it; the argument is a number of months.
template <class Of>
Node looking_back(Node x, SpanNode length, Of of) {
  if (x.type.kind != Kind::number || !x.type.series) throw Misfit{to_string(x.type), kNumbers};
  Node out;
  out.type = x.type;
  out.rule = [x = std::move(x.rule), length = std::move(length.from), of](const Evaluation& evaluation) -> Values {
    const Values values = x(evaluation);
    const double months = std::round(length(evaluation).front());
    Values result(values.size(), kMissing);
    if (!(months >= 0) || months > static_cast<double>(values.size())) return result;
    const auto back = static_cast<std::size_t>(months);
    for (std::size_t t = 0; t < values.size(); ++t) result[t] = of(values, t, back);
    return result;
  };
  return out;
}

Node ago(Node x, SpanNode length) {
  return looking_back(std::move(x), std::move(length), [](const Values& values, std::size_t t, std::size_t back) {
    return t >= back ? values[t - back] : kMissing;
  });
}

Node trailing(Node x, SpanNode length) {
  return looking_back(std::move(x), std::move(length), [](const Values& values, std::size_t t, std::size_t back) {
    if (back == 0 || t + 1 < back) return kMissing;
    return mean(values.data() + (t + 1 - back), values.data() + (t + 1), {});
  });
}

using Less = std::less<double>;
using Greater = std::greater<double>;

}  // namespace

std::span<const Function> functions() {
  static const std::array list{
      Function{"at", "at(x, month)", "a number in the unit of x", "x in one month, written down (2011-08) or computed",
               false, true, number_of<mean>},
      Function{"mean", "mean(x, period)", "a number in the unit of x", "mean of the months that have a value", true,
               false, number_of<mean>},
      Function{"sum", "sum(x, period)", "a number in the unit of x times months",
               "sum over the months: t for a flow in t/month", true, false, sum_of},
      Function{"max", "max(x, period)", "a number in the unit of x", "largest value", true, false,
               number_of<extreme_value<Greater>>},
      Function{"min", "min(x, period)", "a number in the unit of x", "smallest value", true, false,
               number_of<extreme_value<Less>>},
      Function{"month_of_max", "month_of_max(x, period)", "a month", "first month with the largest value", true, false,
               month_of<extreme_month<Greater>>},
      Function{"month_of_min", "month_of_min(x, period)", "a month", "first month with the smallest value", true, false,
               month_of<extreme_month<Less>>},
      Function{"first_month", "first_month(condition, period)", "a month", "first month in which the condition holds",
               true, false, of_condition<first_month, Kind::month>},
      Function{"months_with", "months_with(condition, period)", "a number of months", "months in which it holds", true,
               false, of_condition<months_with, Kind::number>},
      Function{"longest", "longest(condition, period)", "a number of months", "most months in a row in which it holds",
               true, false, of_condition<longest, Kind::number>},
      Function{"always", "always(condition, period)", "a condition", "it holds in every month", true, false,
               of_condition<always, Kind::truth>},
      Function{"ever", "ever(condition, period)", "a condition", "it holds in at least one month", true, false,
               of_condition<ever, Kind::truth>},
      Function{"ago", "ago(x, 12 months)", "a number in the unit of x",
               "for every month what x was so many months before", false, false, ago, true},
      Function{"trailing", "trailing(x, 12 months)", "a number in the unit of x",
               "for every month the mean of x over so many months, itself the last", false, false, trailing, true},
      Function{"ln", "ln(x)", "a number", "natural logarithm", false, false, logarithm},
      Function{"abs", "abs(x)", "a number in the unit of x", "without its sign", false, false, absolute},
  };
  return list;
}

}  // namespace lodestone::insight
