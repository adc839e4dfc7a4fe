#include "lodestone/market/sparse_lu.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kLargestUnion = 1.5;     // factor entries of kept links over those of the last fresh pattern
constexpr double kSmallestPivot = 1e-15;  // relative to the original diagonal: below, only rounding is left

template <class Visit>
void for_each_bit(const std::uint64_t* bits, Index words, Visit visit) {
  for (Index w = 0; w < words; ++w) {
    for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1) visit(w * 64 + std::countr_zero(rest));
  }
}

// Without the instruction (one set of bits for every machine) this is faster than the library's table.
Index count_bits(std::uint64_t v) {
  v -= (v >> 1) & 0x5555555555555555u;
  v = (v & 0x3333333333333333u) + ((v >> 2) & 0x3333333333333333u);
  v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<Index>((v * 0x0101010101010101u) >> 56);
}

// Place of the smallest value: two passes that vectorise instead of one that does not.
Index place_of_smallest(const std::vector<Index>& values) {
  Index least = values.front();
  for (const Index v : values) least = std::min(least, v);
  return static_cast<Index>(std::find(values.begin(), values.end(), least) - values.begin());
}

void set_bit(std::uint64_t* bits, Index at) {
  bits[at >> 6] |= std::uint64_t{1} << (at & 63);
}
void clear_bit(std::uint64_t* bits, Index at) {
  bits[at >> 6] &= ~(std::uint64_t{1} << (at & 63));
}

}  // namespace

SparseLu::SparseLu(Index size) : size_(size), words_((size + 63) / 64) {
  const auto n = static_cast<std::size_t>(size);
  const std::size_t bits = n * static_cast<std::size_t>(words_);
  const std::size_t densest = n * (n > 0 ? n - 1 : 0) / 2;
  for (auto* v : {&fresh_, &union_, &work_bits_, &struct_bits_}) v->assign(bits, 0);
  for (auto* v : {&degree_, &position_, &node_at_, &cursor_}) v->assign(n, 0);
  low_degree_.reserve(2 * n);
  for (auto* v : {&col_start_, &row_start_}) v->assign(n + 1, 0);
  for (auto* v : {&col_row_, &row_col_, &row_entry_}) v->assign(densest, 0);
  for (auto* v : {&lower_, &upper_}) v->assign(densest, 0.0);
  for (auto* v : {&diagonal_, &inverse_, &work_lower_, &work_upper_}) v->assign(n, 0.0);
  tree_.assign(n, 0);
  touched_.assign(n, 0);
  for (Index i = 0; i < size; ++i) tree_[i] = position_[i] = node_at_[i] = i;
}

void SparseLu::start_pattern() {
  std::fill(fresh_.begin(), fresh_.end(), 0);
}

void SparseLu::link(Index a, Index b) {
  set_bit(&fresh_[static_cast<std::size_t>(a) * words_], b);
  set_bit(&fresh_[static_cast<std::size_t>(b) * words_], a);
}

void SparseLu::forget() {
  std::fill(union_.begin(), union_.end(), 0);
  for (auto* v : {&col_start_, &row_start_}) std::fill(v->begin(), v->end(), 0);
  for (Index i = 0; i < size_; ++i) tree_[i] = position_[i] = node_at_[i] = i;
  fresh_fill_ = 0;
}

void SparseLu::freeze() {
  const auto entries = static_cast<std::size_t>(fill());
  const auto cut = [](auto& v, std::size_t size) {
    v.resize(size);
    v.shrink_to_fit();
  };
  for (auto* v : {&fresh_, &union_, &work_bits_, &struct_bits_}) cut(*v, 0);
  for (auto* v : {&col_row_, &row_col_, &row_entry_}) cut(*v, entries);
  for (auto* v : {&lower_, &upper_}) cut(*v, entries);
}

void SparseLu::analyse() {
  for (std::size_t k = 0; k < union_.size(); ++k) union_[k] |= fresh_[k];
  if (fresh_fill_ > 0) {  // the order found before often serves: twenty times faster than a new one
    list_structure(union_);
    if (fill() <= kLargestUnion * fresh_fill_) return;
    union_ = fresh_;
  }
  order(union_);
  list_structure(union_);
  fresh_fill_ = fill();
}

void SparseLu::order(const std::vector<std::uint64_t>& adjacency) {
  std::copy(adjacency.begin(), adjacency.end(), work_bits_.begin());
  low_degree_.clear();
  for (Index i = 0; i < size_; ++i) {
    degree_[i] = 0;
    for (Index w = 0; w < words_; ++w) degree_[i] += count_bits(work_bits_[static_cast<std::size_t>(i) * words_ + w]);
    if (degree_[i] <= 1) low_degree_.push_back(i);
  }
  for (Index at = 0; at < size_;) {
    Index node = -1;
    if (!low_degree_.empty()) {  // leaves need no search
      node = low_degree_.back();
      low_degree_.pop_back();
      if (degree_[node] > size_) continue;  // listed twice, already eliminated
    } else {
      node = place_of_smallest(degree_);
    }
    eliminate(node, at++);
  }
}

void SparseLu::eliminate(Index node, Index at) {
  position_[node] = at;
  node_at_[at] = node;
  degree_[node] = size_ + 1;
  const std::uint64_t* mine = &work_bits_[static_cast<std::size_t>(node) * words_];
  for_each_bit(mine, words_, [&](Index other) {
    std::uint64_t* theirs = &work_bits_[static_cast<std::size_t>(other) * words_];
    for (Index w = 0; w < words_; ++w) theirs[w] |= mine[w];
    clear_bit(theirs, other);
    clear_bit(theirs, node);
    Index degree = 0;
    for (Index w = 0; w < words_; ++w) degree += count_bits(theirs[w]);
    if (degree <= 1 && degree_[other] > 1) low_degree_.push_back(other);
    degree_[other] = degree;
  });
}

// What elimination in the present order leaves in each column of L: its own links to later positions and what the
// columns hand down whose first entry it is. Bitsets by position; then index lists by row and by column, ascending.
void SparseLu::list_structure(const std::vector<std::uint64_t>& adjacency) {
  std::fill(struct_bits_.begin(), struct_bits_.end(), 0);
  const auto bits_at = [this](Index position) { return &struct_bits_[static_cast<std::size_t>(position) * words_]; };
  for (Index node = 0; node < size_; ++node) {
    std::uint64_t* bits = bits_at(position_[node]);
    for_each_bit(&adjacency[static_cast<std::size_t>(node) * words_], words_, [&](Index other) {
      if (position_[other] > position_[node]) set_bit(bits, position_[other]);
    });
  }
  std::fill(row_start_.begin(), row_start_.end(), 0);
  Index count = 0;
  for (Index k = 0; k < size_; ++k) {
    const std::uint64_t* mine = bits_at(k);
    col_start_[k] = count;
    for_each_bit(mine, words_, [&](Index row) {
      col_row_[count++] = row;
      ++row_start_[row + 1];
    });
    if (count == col_start_[k]) continue;
    const Index first = col_row_[col_start_[k]];
    std::uint64_t* theirs = bits_at(first);
    for (Index w = first >> 6; w < words_; ++w) theirs[w] |= mine[w];
    clear_bit(theirs, first);
  }
  col_start_[size_] = count;
  for (Index k = size_ - 1; k >= 0; --k) {
    tree_[k] = col_start_[k] == col_start_[k + 1] ? k : tree_[col_row_[col_start_[k]]];
  }
  for (Index i = 0; i < size_; ++i) row_start_[i + 1] += row_start_[i];
  std::copy(row_start_.begin(), row_start_.end() - 1, cursor_.begin());
  for (Index k = 0; k < size_; ++k) {
    for (Index entry = col_start_[k]; entry < col_start_[k + 1]; ++entry) {
      const Index at = cursor_[col_row_[entry]]++;
      row_col_[at] = k;
      row_entry_[at] = entry;
    }
  }
}

Index SparseLu::slot(Index a, Index b) const {
  const Index column = std::min(position_[a], position_[b]);
  const Index row = std::max(position_[a], position_[b]);
  const auto first = col_row_.begin() + col_start_[column];
  const auto last = col_row_.begin() + col_start_[column + 1];
  const auto found = std::lower_bound(first, last, row);
  if (found == last || *found != row) return -1;
  return static_cast<Index>(found - col_row_.begin()) * 2 + (position_[a] > position_[b] ? 1 : 0);
}

void SparseLu::set_zero() {
  std::fill_n(lower_.begin(), fill(), 0.0);
  std::fill_n(upper_.begin(), fill(), 0.0);
  std::fill(diagonal_.begin(), diagonal_.end(), 0.0);
}

bool SparseLu::factor(bool symmetric) {
  for (Index j = 0; j < size_; ++j) {
    const double original = diagonal_[j];
    for (Index e = col_start_[j]; e < col_start_[j + 1]; ++e) {
      work_lower_[col_row_[e]] = lower_[e];
      work_upper_[col_row_[e]] = upper_[e];
    }
    update_column(j, symmetric);
    if (!store_column(j, symmetric, original)) return false;
  }
  return true;
}

void SparseLu::update_column(Index j, bool symmetric) {
  for (Index r = row_start_[j]; r < row_start_[j + 1]; ++r) {
    const Index entry = row_entry_[r];
    const Index last = col_start_[row_col_[r] + 1];
    const double l = lower_[entry], u = upper_[entry];
    diagonal_[j] -= l * u;
    const Index first = entry + 1;
    if (first == last) continue;
    const Index* rows = &col_row_[first];
    const Index count = last - first;
    const double* from_lower = &lower_[first];
    const double* from_upper = &upper_[first];
    if (rows[count - 1] - rows[0] == count - 1) {  // a dense tail: plain vectors
      double* to_lower = &work_lower_[rows[0]];
      double* to_upper = &work_upper_[rows[0]];
      for (Index t = 0; t < count; ++t) to_lower[t] -= from_lower[t] * u;
      if (symmetric) continue;
      for (Index t = 0; t < count; ++t) to_upper[t] -= from_upper[t] * l;
    } else {
      for (Index t = 0; t < count; ++t) work_lower_[rows[t]] -= from_lower[t] * u;
      if (symmetric) continue;
      for (Index t = 0; t < count; ++t) work_upper_[rows[t]] -= from_upper[t] * l;
    }
  }
}

bool SparseLu::store_column(Index j, bool symmetric, double original) {
  double& pivot = diagonal_[j];
  if (std::abs(pivot) <= kSmallestPivot * std::abs(original)) pivot = original;  // holds the row still
  if (pivot == 0 || !std::isfinite(pivot)) return false;
  const double inverse = inverse_[j] = 1 / pivot;
  for (Index e = col_start_[j]; e < col_start_[j + 1]; ++e) {
    const Index row = col_row_[e];
    lower_[e] = work_lower_[row] * inverse;
    upper_[e] = symmetric ? work_lower_[row] : work_upper_[row];
  }
  return true;
}

void SparseLu::solve(std::vector<double>& v) {
  std::vector<double>& w = work_lower_;
  std::fill(touched_.begin(), touched_.end(), std::uint8_t{0});
  for (Index k = 0; k < size_; ++k) w[k] = v[node_at_[k]];
  for (Index k = 0; k < size_; ++k) {
    const double value = w[k];
    if (value == 0) continue;  // most of one column's
    touched_[tree_[k]] = 1;
    for (Index e = col_start_[k]; e < col_start_[k + 1]; ++e) w[col_row_[e]] -= lower_[e] * value;
  }
  for (Index k = size_ - 1; k >= 0; --k) {
    if (touched_[tree_[k]] == 0) continue;  // a market apart from those of the right-hand side
    double sum = w[k];
    for (Index e = col_start_[k]; e < col_start_[k + 1]; ++e) sum -= upper_[e] * w[col_row_[e]];
    w[k] = sum * inverse_[k];
  }
  for (Index k = 0; k < size_; ++k) v[node_at_[k]] = w[k];
}

void SparseLu::solve_transposed(std::vector<double>& v) {
  std::vector<double>& w = work_lower_;
  for (Index k = 0; k < size_; ++k) w[k] = v[node_at_[k]];
  for (Index k = 0; k < size_; ++k) {
    const double value = w[k] *= inverse_[k];
    for (Index e = col_start_[k]; e < col_start_[k + 1]; ++e) w[col_row_[e]] -= upper_[e] * value;
  }
  for (Index k = size_ - 1; k >= 0; --k) {
    double sum = w[k];
    for (Index e = col_start_[k]; e < col_start_[k + 1]; ++e) sum -= lower_[e] * w[col_row_[e]];
    w[k] = sum;
  }
  for (Index k = 0; k < size_; ++k) v[node_at_[k]] = w[k];
}

}  // namespace lodestone::market
