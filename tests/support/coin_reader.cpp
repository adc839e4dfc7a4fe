#include "tests/support/coin_reader.hpp"

#include <CoinMpsIO.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <utility>

#include "tests/support/ipopt_solver.hpp"

namespace lodestone::market::test {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("Coin's reader: ") + what);
}

Topology topology_of(const CoinMpsIO& reader) {
  const CoinPackedMatrix& matrix = *reader.getMatrixByCol();
  Topology t;
  t.rows = t.nodes = reader.getNumRows();
  t.cols = reader.getNumCols();
  t.col_start = {0};
  for (Index j = 0; j < t.cols; ++j) {
    std::vector<std::pair<Index, double>> entries;
    for (auto p = matrix.getVectorFirst(j); p < matrix.getVectorLast(j); ++p)
      entries.emplace_back(matrix.getIndices()[p], matrix.getElements()[p]);
    std::sort(entries.begin(), entries.end());
    for (const auto& [row, coef] : entries) {
      t.row_of.push_back(row);
      t.coef.push_back(coef);
    }
    t.col_start.push_back(t.nonzeros());
  }
  t.price_scale.assign(static_cast<std::size_t>(t.rows), 1.0);
  return t;
}

void read_curvature(CoinMpsIO& reader, Numbers& numbers) {
  int *start = nullptr, *column = nullptr;
  double* element = nullptr;
  const int status = reader.readQuadraticMps(nullptr, start, column, element, 0);
  const std::unique_ptr<int[]> own_start(start), own_column(column);
  const std::unique_ptr<double[]> own_element(element);
  if (status != 0) throw std::runtime_error("Coin's reader: no quadratic part");
  for (int j = 0; j < reader.getNumCols(); ++j)
    for (int p = start[j]; p < start[j + 1]; ++p) {
      require(column[p] == j, "the quadratic part is not diagonal");
      numbers.curvature[j] = element[p];
    }
}

}  // namespace

CoinProgram read_with_coin(const std::filesystem::path& file) {
  CoinMpsIO reader;
  reader.messageHandler()->setLogLevel(0);
  require(reader.readMps(file.c_str(), "") == 0, "the file is not read without errors");
  CoinProgram out{topology_of(reader), {}};
  auto& n = out.numbers = Numbers::zeros(out.topology);
  for (Index j = 0; j < out.topology.cols; ++j) {
    n.cost[j] = reader.getObjCoefficients()[j];
    require(reader.getColLower()[j] == 0, "a lower bound is not 0");
    if (reader.getColUpper()[j] < reader.getInfinity()) n.upper[j] = reader.getColUpper()[j];
  }
  for (Index i = 0; i < out.topology.rows; ++i) {
    n.rhs[i] = reader.getRowLower()[i];
    require(reader.getRowUpper()[i] >= reader.getInfinity(), "a row has an upper limit");
  }
  read_curvature(reader, n);
  return out;
}

Difference difference_to_ipopt(const Topology& topology, const Solution& ours, const CoinProgram& program,
                               const std::vector<Index>& not_unique) {
  Topology scaled = program.topology;
  scaled.price_scale = topology.price_scale;
  scaled.money_scale = topology.money_scale;
  IpoptResult theirs;
  IpoptSolver(scaled).solve(program.numbers, theirs);
  if (!theirs.optimal) throw std::runtime_error("Ipopt found no optimum");
  const double value = objective(program.numbers, ours.activity);
  Difference out{std::abs(theirs.objective - value) / std::max(std::abs(value), 1.0), 0};
  for (std::size_t i = 0; i < ours.price.size(); ++i)
    if (!std::binary_search(not_unique.begin(), not_unique.end(), static_cast<Index>(i)))
      out.price = std::max(out.price, std::abs(theirs.solution.price[i] - ours.price[i]) / topology.price_scale[i]);
  return out;
}

}  // namespace lodestone::market::test
