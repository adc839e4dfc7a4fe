// Bids and asks by relaxation, as in a shortest-path search: bids only rise, asks only fall, and an optimal price of
// an untraded node always stays between them.
#include <algorithm>
#include <cmath>

#include "lodestone/market/certificate.hpp"

namespace lodestone::market {
namespace {

struct Book {
  const Topology& topology;
  const Numbers& numbers;
  const Solution& solution;
  std::vector<Quote>& quotes;  // one per row while the search runs; limit rows are always `traded` or shut
};

bool is_open(const Book& book, Index col) {
  if (!(book.solution.activity[col] < book.numbers.upper[col])) return false;
  for (Index p = book.topology.col_start[col]; p < book.topology.col_start[col + 1]; ++p) {
    const Index row = book.topology.row_of[p];
    if (row >= book.topology.nodes && book.topology.coef[p] < 0 && !book.quotes[row].traded) return false;
  }
  return true;
}

// What a unit of `col` leaves before row `own` is paid: sales at bids, purchases at asks.
double margin_without(const Book& book, Index col, Index own) {
  double margin = -book.numbers.cost[col] - book.numbers.curvature[col] * book.solution.activity[col];
  for (Index p = book.topology.col_start[col]; p < book.topology.col_start[col + 1]; ++p) {
    if (book.topology.row_of[p] == own) continue;
    const double weight = book.topology.coef[p] * (1 + book.numbers.wedge[p]);
    const Quote& quote = book.quotes[book.topology.row_of[p]];
    margin += weight * (weight > 0 ? quote.bid : quote.ask);
  }
  return margin;
}

bool relax(Book& book, Index col) {
  bool moved = false;
  for (Index p = book.topology.col_start[col]; p < book.topology.col_start[col + 1]; ++p) {
    const Index row = book.topology.row_of[p];
    if (row >= book.topology.nodes || book.quotes[row].traded) continue;
    const double weight = book.topology.coef[p] * (1 + book.numbers.wedge[p]);
    const double price = -margin_without(book, col, row) / weight;
    const double least = 1e-12 * book.topology.price_scale[row];  // ends geometric tails of lossy cycles
    Quote& quote = book.quotes[row];
    if (weight < 0 && price > quote.bid + least) {
      quote.bid = price;
      moved = true;
    } else if (weight > 0 && std::max(price, 0.0) < quote.ask - least) {
      quote.ask = std::max(price, 0.0);
      moved = true;
    }
  }
  return moved;
}

// Fills `bid` with the turnover and `ask` with the surplus Mx - b of every row.
void sum_rows(Book& book) {
  for (Index row = 0; row < book.topology.rows; ++row) {
    const double rhs = book.numbers.rhs[row];
    book.quotes[row] = {.traded = false, .bid = std::abs(rhs), .ask = -rhs};
  }
  for (Index col = 0; col < book.topology.cols; ++col) {
    for (Index p = book.topology.col_start[col]; p < book.topology.col_start[col + 1]; ++p) {
      const double flow = book.topology.coef[p] * book.solution.activity[col];
      book.quotes[book.topology.row_of[p]].bid += std::abs(flow);
      book.quotes[book.topology.row_of[p]].ask += flow;
    }
  }
}

void open_book(Book& book, double tolerance) {
  sum_rows(book);
  for (Index row = 0; row < book.topology.rows; ++row) {
    Quote& quote = book.quotes[row];
    const double least = tolerance * book.topology.quantity_scale(row);
    const bool has_price = quote.bid > least || quote.ask > least;  // turnover, or an unused limit
    const double price = book.solution.price[row];
    quote = has_price ? Quote{.traded = true, .bid = price, .ask = price}
                      : Quote{.traded = false, .bid = 0.0, .ask = kUnlimited};
  }
}

}  // namespace

void quote_nodes(const Topology& topology, const Numbers& numbers, const Solution& solution, double turnover_tolerance,
                 std::vector<Quote>& quotes) {
  quotes.resize(static_cast<std::size_t>(topology.rows));  // limit rows need a place to work in
  Book book{topology, numbers, solution, quotes};
  open_book(book, turnover_tolerance);
  bool moved = true;
  for (Index pass = 0; moved && pass <= topology.nodes; ++pass) {
    moved = false;
    for (Index col = 0; col < topology.cols; ++col) {
      if (is_open(book, col)) moved = relax(book, col) || moved;
    }
  }
  quotes.resize(static_cast<std::size_t>(topology.nodes));
}

}  // namespace lodestone::market
