#include "lodestone/dataset/flow_balance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace lodestone::dataset {
namespace {

constexpr int kPasses = 2000;
constexpr double kConverged = 1e-14;
constexpr double kRounding = 1e-12;  // of the total: what may be missing in a balance that is complete

class Balancer {
 public:
  explicit Balancer(const FlowTable& table)
      : table_(table), rows_(table.row_sum.size()), columns_(table.column_sum.size()) {
    out_.flow = table.seed;
  }

  FlowBalance run() {
    for (int pass = 0; pass < kPasses && !fit(); ++pass) continue;
    shrink();
    while (augment()) continue;
    const double total = std::max(table_.turnover, std::accumulate(table_.row_sum.begin(), table_.row_sum.end(), 0.0));
    const auto met = [&](double missing) { return missing <= kRounding * total; };
    out_.complete = std::all_of(out_.row_missing.begin(), out_.row_missing.end(), met) &&
                    std::all_of(out_.column_missing.begin(), out_.column_missing.end(), met);
    return std::move(out_);
  }

 private:
  const FlowTable& table_;
  std::size_t rows_, columns_;
  FlowBalance out_;

  double& flow(std::size_t i, std::size_t j) { return out_.flow[i * columns_ + j]; }
  [[nodiscard]] bool open(std::size_t i, std::size_t j) const { return table_.seed[i * columns_ + j] > 0; }

  double row_total(std::size_t i) {
    double sum = 0;
    for (std::size_t j = 0; j < columns_; ++j) sum += flow(i, j);
    return sum;
  }
  double column_total(std::size_t j) {
    double sum = 0;
    for (std::size_t i = 0; i < rows_; ++i) sum += flow(i, j);
    return sum;
  }
  void scale_row(std::size_t i, double factor) {
    for (std::size_t j = 0; j < columns_; ++j) flow(i, j) *= factor;
  }
  void scale_column(std::size_t j, double factor) {
    for (std::size_t i = 0; i < rows_; ++i) flow(i, j) *= factor;
  }

  // One pass over rows, then columns; true when the rows needed no more than rounding.
  bool fit() {
    double worst = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      const double sum = row_total(i);
      if (sum <= 0) continue;
      worst = std::max(worst, std::abs(table_.row_sum[i] / sum - 1));
      scale_row(i, table_.row_sum[i] / sum);
    }
    for (std::size_t j = 0; j < columns_; ++j)
      if (const double sum = column_total(j); sum > 0) scale_column(j, table_.column_sum[j] / sum);
    return worst <= kConverged;
  }

  // Makes the flows fit below both sums and notes what is missing.
  void shrink() {
    for (std::size_t i = 0; i < rows_; ++i)
      if (const double sum = row_total(i); sum > table_.row_sum[i]) scale_row(i, table_.row_sum[i] / sum);
    for (std::size_t j = 0; j < columns_; ++j)
      if (const double sum = column_total(j); sum > table_.column_sum[j]) scale_column(j, table_.column_sum[j] / sum);
    out_.row_missing.resize(rows_);
    out_.column_missing.resize(columns_);
    for (std::size_t i = 0; i < rows_; ++i) out_.row_missing[i] = std::max(0.0, table_.row_sum[i] - row_total(i));
    for (std::size_t j = 0; j < columns_; ++j)
      out_.column_missing[j] = std::max(0.0, table_.column_sum[j] - column_total(j));
  }

  // One shortest augmenting path (Edmonds and Karp 1972) from a row with flow to give to a column that wants it; false
  // when there is none. Vertices: rows, then columns.
  bool augment() {
    const std::size_t none = rows_ + columns_;
    std::vector<std::size_t> parent(none, none), queue;
    for (std::size_t i = 0; i < rows_; ++i)
      if (out_.row_missing[i] > 0) {
        parent[i] = i;
        queue.push_back(i);
      }
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::size_t v = queue[head];
      if (v >= rows_ && out_.column_missing[v - rows_] > 0) return push(parent, v);
      for (std::size_t k = 0; k < (v < rows_ ? columns_ : rows_); ++k) {
        const std::size_t next = v < rows_ ? rows_ + k : k;
        const bool passable = v < rows_ ? open(v, k) : flow(k, v - rows_) > 0;
        if (!passable || parent[next] != none) continue;
        parent[next] = v;
        queue.push_back(next);
      }
    }
    return false;
  }

  bool push(const std::vector<std::size_t>& parent, std::size_t end) {
    double amount = out_.column_missing[end - rows_];
    std::size_t start = end;
    for (; parent[start] != start; start = parent[start])
      if (start < rows_) amount = std::min(amount, flow(start, parent[start] - rows_));
    amount = std::min(amount, out_.row_missing[start]);
    for (std::size_t v = end; v != start; v = parent[v]) {
      if (v >= rows_)
        flow(parent[v], v - rows_) += amount;
      else
        flow(v, parent[v] - rows_) -= amount;
    }
    out_.row_missing[start] -= amount;
    out_.column_missing[end - rows_] -= amount;
    return true;
  }
};

}  // namespace

FlowBalance balance_flows(const FlowTable& table) {
  return Balancer(table).run();
}

}  // namespace lodestone::dataset
