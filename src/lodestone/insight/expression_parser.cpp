// The grammar of expressions, from loose to tight: or, and, not, comparison, + -, * /, minus, what cannot be taken
// apart. Every rule returns a node with its type; what does not fit is an error with its place.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lodestone/insight/expression_functions.hpp"
#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/expression_names.hpp"
#include "lodestone/insight/expression_words.hpp"

namespace lodestone::insight {
namespace {

// The first thing that cannot be read ends an expression; names that are not there are all reported.
struct Stop {};

class Parser {
 public:
  Parser(std::string_view text, const base::Place& at, const Grounds& grounds, Probes& probes,
         base::Diagnostics& diagnostics)
      : text_(text),
        at_(at),
        grounds_(grounds),
        probes_(probes),
        diagnostics_(diagnostics),
        words_(words_of(text)),
        names_(grounds, [this](const Word& word, std::string found, std::string expected, std::string nearest) {
          diagnostics_.error(place_in(text_, word.begin, at_), std::move(found), std::move(expected),
                             std::move(nearest));
        }) {}

  std::optional<Expression> run() {
    const int errors_before = diagnostics_.errors();
    try {
      Node node = either_of();
      if (word().kind != WordKind::end) stop(word(), "the end of the expression, or an operator");
      if (diagnostics_.errors() > errors_before) return std::nullopt;
      return Expression{std::string(text_),   node.type, uses_period_, std::move(leaf_names_), std::move(products_),
                        std::move(node.rule), earliest_, latest_};
    } catch (const Stop&) {
      return std::nullopt;
    }
  }

 private:
  std::string_view text_;
  const base::Place& at_;
  const Grounds& grounds_;
  Probes& probes_;
  base::Diagnostics& diagnostics_;
  std::vector<Word> words_;
  NameFinder names_;
  std::size_t next_ = 0;
  int depth_ = 0;
  bool uses_period_ = false;
  std::optional<base::Month> earliest_, latest_;
  std::vector<std::string> leaf_names_;
  std::vector<world::ProductId> products_;

  [[nodiscard]] const Word& word() const { return words_[next_]; }
  Word take() { return words_[word().kind == WordKind::end ? next_ : next_++]; }
  [[nodiscard]] bool is(std::string_view text) const {
    return (word().kind == WordKind::symbol || word().kind == WordKind::name) && word().text == text;
  }
  bool accept(std::string_view text) {
    if (!is(text)) return false;
    ++next_;
    return true;
  }
  void expect(std::string_view text) {
    if (!accept(text)) stop(word(), fmt::format("'{}'", text));
  }

  [[noreturn]] void stop(const Word& where, const std::string& expected, const std::string& nearest = {}) {
    const std::string found = where.kind == WordKind::end ? "the end of the expression" : "'" + where.text + "'";
    diagnostics_.error(place_in(text_, where.begin, at_), found, expected, nearest);
    throw Stop{};
  }

  [[noreturn]] void misfit(std::size_t begin, const Misfit& what) {
    diagnostics_.error(place_in(text_, begin, at_), what.found, what.expected);
    throw Stop{};
  }

  template <class Make>
  Node fitted(std::size_t begin, Make make) {
    try {
      Node node = make();
      node.begin = begin;
      node.end = next_ > 0 ? words_[next_ - 1].end : 0;
      return node;
    } catch (const Misfit& what) {
      misfit(begin, what);
    }
  }

  [[nodiscard]] std::string words_between(std::size_t begin, std::size_t end) const {
    return std::string(text_.substr(begin, end - begin));
  }
  [[nodiscard]] std::string text_of(const Node& node) const { return words_between(node.begin, node.end); }

  Node either_of() {
    Node left = both_of();
    while (accept("or")) {
      Node right = both_of();
      left = fitted(left.begin, [&] { return either(left, right); });
    }
    return left;
  }

  Node both_of() {
    Node left = not_of();
    while (accept("and")) {
      Node right = not_of();
      left = fitted(left.begin, [&] { return both(left, right); });
    }
    return left;
  }

  Node not_of() {
    const std::size_t begin = word().begin;
    if (!accept("not")) return comparison_of();
    Node inner = comparison_of();
    return fitted(begin, [&] { return negation(inner); });
  }

  Node comparison_of() {
    Node left = sum_of();
    if (accept("between")) {
      Node low = sum_of();
      expect("and");
      Node high = sum_of();
      return fitted(left.begin, [&] { return between(left, low, high, text_of(left), text_of(low), text_of(high)); });
    }
    for (const char* op : {"<=", ">=", "<", ">"})
      if (accept(op)) {
        Node bound = sum_of();
        return fitted(left.begin, [&] { return comparison(op, left, bound, text_of(left), text_of(bound)); });
      }
    if (is("=")) stop(word(), "<, <=, >, >= or between ... and ...: computed figures are never exactly equal");
    return left;
  }

  Node sum_of() {
    Node left = product_of();
    while (is("+") || is("-")) {
      const char op = take().text.front();
      Node right = product_of();
      left = fitted(left.begin, [&] { return arithmetic(op, left, right); });
    }
    return left;
  }

  Node product_of() {
    Node left = signed_of();
    while (is("*") || is("/")) {
      const char op = take().text.front();
      Node right = signed_of();
      left = fitted(left.begin, [&] { return arithmetic(op, left, right); });
    }
    return left;
  }

  Node signed_of() {
    const std::size_t begin = word().begin;
    if (++depth_ > 200) stop(word(), "fewer brackets and signs inside each other");
    Node node = accept("-") ? fitted(begin, [inner = signed_of()] { return negative(inner); }) : whole();
    --depth_;
    return node;
  }

  // What cannot be taken apart by operators.
  Node whole() {
    const Word first = word();
    if (accept("(")) {
      Node inner = either_of();
      expect(")");
      return fitted(first.begin, [&] { return inner; });
    }
    if (first.kind == WordKind::number) return amount();
    if (first.kind == WordKind::date) return month_written(take());
    if (accept("start")) return month_node(grounds_.start, first);
    if (accept("end")) return month_node(grounds_.last(), first);
    if (first.kind != WordKind::name) stop(first, "a number, a month, a function or '('");
    return called();
  }

  Node constant(double value, Type type, std::size_t begin) {
    return fitted(begin, [&] { return Node{type, [value](const Evaluation&) { return Values{value}; }, 0, 0, {}}; });
  }

  Node month_node(base::Month month, const Word& at) {
    Node node = constant(month.count, {Kind::month, false, {}}, at.begin);
    node.month = month;
    return node;
  }

  Node month_written(const Word& date) {
    if (date.period.from.in_month() != date.period.to.in_month())
      stop(date, "a month, such as 2011-08; longer periods stand in the brackets of mean, max and the like");
    return month_node(date.period.from.in_month(), date);
  }

  // "12", "55 %", "400 USD/kg": money is dollars of 2024.
  Node amount() {
    const Word number = take();
    const auto unit = unit_after(number);
    if (!unit) return constant(number.number, {}, number.begin);
    if (!unit->currency.empty() && unit->currency != "USD")
      stop(number, fmt::format("dollars of 2024, or real({} {}, its date)", number.text, unit->name));
    return constant(number.number * unit->factor, {Kind::number, false, unit->dimension}, number.begin);
  }

  std::optional<NamedUnit> unit_after(const Word& number) {
    if (accept("%")) return *find_named_unit("%");
    if (word().kind != WordKind::name) return std::nullopt;
    const std::string name = word().text;
    const bool ratio = words_[next_ + 1].text == "/" && words_[next_ + 2].kind == WordKind::name;
    if (ratio)
      if (const auto* unit = find_named_unit(name + "/" + words_[next_ + 2].text)) {
        next_ += 3;
        return *unit;
      }
    if (ratio && words_[next_ + 3].text != "(")
      stop(word(), fmt::format("a unit: one of {}", fmt::join(named_unit_names(), ", ")),
           base::nearest_name(name + "/" + words_[next_ + 2].text, named_unit_names()));
    if (const auto* unit = find_named_unit(name)) {
      ++next_;
      return *unit;
    }
    if (name == "and" || name == "or" || name == "by") return std::nullopt;
    stop(word(),
         fmt::format("an operator or a unit behind {}: one of {}", number.text, fmt::join(named_unit_names(), ", ")),
         base::nearest_name(name, named_unit_names()));
  }

  Node called() {
    const Word name = take();
    if (name.text == "real" && is("(")) return real(name);
    if (const Leaf* leaf = find_leaf(name.text)) return leaf_of(*leaf, name);
    const auto list = functions();
    const auto function =
        std::find_if(list.begin(), list.end(), [&](const Function& candidate) { return candidate.name == name.text; });
    if (function != list.end()) return function_of(*function, name);
    std::vector<std::string> names{"real"};
    for (const auto& leaf : leaves()) names.push_back(leaf.name);
    for (const auto& candidate : list) names.push_back(candidate.name);
    stop(name, fmt::format("one of {}", fmt::join(names, ", ")), base::nearest_name(name.text, names));
  }

  // real(700 CNY/kg, 2011-10): money of another date or currency as dollars of 2024.
  Node real(const Word& name) {
    expect("(");
    const Word number = take();
    if (number.kind != WordKind::number) stop(number, "an amount, such as 700 CNY/kg");
    const auto unit = unit_after(number);
    if (!unit || unit->currency.empty()) stop(number, "an amount of money with its unit, such as 700 CNY/kg");
    expect(",");
    const Word date = take();
    if (date.kind != WordKind::date && !date.may_be_year) stop(date, "the date of the amount: 2011, 2011-10");
    expect(")");
    const auto rate = grounds_.money.rate(unit->currency, date.period);
    const auto deflation = grounds_.money.deflation(date.period.from.year);
    if (!rate) stop(date, fmt::format("a date for which fx.csv has a rate of {}", unit->currency));
    if (!deflation) stop(date, "a date for which deflator.csv has an index");
    return constant(number.number * unit->factor / *rate * *deflation, {Kind::number, false, unit->dimension},
                    name.begin);
  }

  Node leaf_of(const Leaf& leaf, const Word& name) {
    expect("(");
    LeafArguments arguments;
    const auto products = [&] { names_.products(words_, next_, arguments); };
    const auto regions = [&](std::vector<world::RegionId>& out) { names_.regions(words_, next_, out); };
    const auto comma = [&] { expect(","); };
    if (leaf.slots == Slots::facility || leaf.slots == Slots::facility_status || leaf.slots == Slots::facility_stall) {
      names_.facility(words_, next_, arguments);
      if (leaf.slots == Slots::facility_status) names_.status(words_, after_comma(), arguments);
      if (leaf.slots == Slots::facility_stall) names_.stall(words_, after_comma(), arguments);
    } else if (leaf.slots == Slots::region || leaf.slots == Slots::actor || leaf.slots == Slots::region_end_use) {
      regions(arguments.here);
      if (leaf.slots == Slots::region_end_use && accept(",")) names_.end_use(words_, next_, arguments);
      if (leaf.slots == Slots::actor) names_.levers_of(arguments);
    } else {
      products();
      comma();
      regions(leaf.slots == Slots::product_to_from ? arguments.there : arguments.here);
      read_rest(leaf, arguments);
    }
    if (!accept(")")) stop(word(), fmt::format("')': {}", signature(leaf)));
    if (std::find(leaf_names_.begin(), leaf_names_.end(), leaf.name) == leaf_names_.end())
      leaf_names_.push_back(leaf.name);
    for (const auto product : arguments.products)
      if (std::find(products_.begin(), products_.end(), product) == products_.end()) products_.push_back(product);
    // What differs in blanks only is one probe.
    std::string key;
    for (std::size_t i = 0; i < words_.size() && words_[i].begin < words_[next_ - 1].end; ++i)
      if (words_[i].begin >= name.begin) key += words_[i].text + " ";
    const std::size_t probe = probes_.add(key, leaf.make(grounds_.world, arguments));
    return fitted(name.begin, [&] {
      return Node{{Kind::number, true, leaf.dimension},
                  [probe](const Evaluation& evaluation) { return evaluation.track.values[probe]; },
                  0,
                  0,
                  {}};
    });
  }

  std::size_t& after_comma() {
    expect(",");
    return next_;
  }

  // What may follow the product and the first region.
  void read_rest(const Leaf& leaf, LeafArguments& arguments) {
    const bool route = leaf.slots == Slots::product_from_to || leaf.slots == Slots::product_to_from;
    const bool status = leaf.slots == Slots::product_region_status;
    if ((leaf.slots == Slots::product_region_control || status) && accept("by")) {
      expect("control");
      arguments.by_control = true;
    }
    if (status) names_.status(words_, after_comma(), arguments);
    if (leaf.slots == Slots::product_region_end_use && accept(",")) names_.end_use(words_, next_, arguments);
    if (!route) return;
    auto& other = leaf.slots == Slots::product_to_from ? arguments.here : arguments.there;
    if (accept(","))
      names_.regions(words_, next_, other);
    else
      names_.everywhere_else(leaf.slots == Slots::product_to_from ? arguments.there : arguments.here, other);
  }

  Node function_of(const Function& function, const Word& name) {
    expect("(");
    Node x = either_of();
    SpanNode span = whole_run();
    if (function.takes_month) {
      expect(",");
      span.from = span.to = month_inside().rule;
    } else if (function.takes_months) {
      expect(",");
      span.from = span.to = months_long().rule;
    } else if (function.takes_period && accept(",")) {
      span = period_of();
    }
    if (!accept(")")) stop(word(), fmt::format("')': {}", function.signature));
    return fitted(name.begin, [&] { return function.make(x, span); });
  }

  SpanNode whole_run() const {
    const auto month = [](base::Month m) { return [m](const Evaluation&) { return Values{double(m.count)}; }; };
    return {month(grounds_.start), month(grounds_.last())};
  }

  // A number of months, such as 12 months.
  Node months_long() {
    const Word at = word();
    Node node = sum_of();
    if (node.type.kind != Kind::number || node.type.series || !(node.type.dimension == kTime))
      misfit(at.begin, {to_string(node.type), "a number of months, such as 12 months"});
    return node;
  }

  // A month that must be one of the run where that can be seen.
  Node month_inside() {
    const Word at = word();
    Node node = sum_of();
    if (node.type.kind != Kind::month || node.type.series)
      misfit(at.begin, {to_string(node.type), "a month, such as 2011-08, start + 3 months or month_of_max(...)"});
    if (node.month) must_be_inside(at, *node.month);
    return node;
  }

  void must_be_inside(const Word& at, base::Month month) {
    if (!earliest_ || month < *earliest_) earliest_ = month;
    if (!latest_ || month > *latest_) latest_ = month;
    if (!grounds_.may_leave_run && (month < grounds_.start || month > grounds_.last()))
      stop(at, fmt::format("months of the run, {} to {}", grounds_.start.text(), grounds_.last().text()));
  }

  // "2011", "2011-Q3", "2010-07 .. 2012-12", "start .. month_of_max(...)", "period".
  SpanNode period_of() {
    if (accept("period")) {
      uses_period_ = true;
      const auto side = [](base::Date base::Period::*date) {
        return [date](const Evaluation& evaluation) {
          return Values{evaluation.period ? double(((*evaluation.period).*date).in_month().count) : std::nan("")};
        };
      };
      return {side(&base::Period::from), side(&base::Period::to)};
    }
    SpanNode first = part();
    if (!accept("..")) return first;
    return {first.from, part().to};
  }

  SpanNode part() {
    const Word at = word();
    const bool followed = words_[std::min(next_ + 1, words_.size() - 1)].text == "+" ||
                          words_[std::min(next_ + 1, words_.size() - 1)].text == "-";
    if ((at.kind == WordKind::date || at.may_be_year) && !followed) {
      ++next_;
      must_be_inside(at, at.period.from.in_month());
      must_be_inside(at, at.period.to.in_month());
      return {month_node(at.period.from.in_month(), at).rule, month_node(at.period.to.in_month(), at).rule};
    }
    Rule month = month_inside().rule;
    return {month, month};
  }
};

}  // namespace

std::optional<Expression> compile(std::string_view text, const base::Place& at, const Grounds& grounds, Probes& probes,
                                  base::Diagnostics& diagnostics) {
  return Parser(text, at, grounds, probes, diagnostics).run();
}

}  // namespace lodestone::insight
