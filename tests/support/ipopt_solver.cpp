#include "tests/support/ipopt_solver.hpp"

#include <IpStdCInterface.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace lodestone::market::test {

// The problem in scaled units, x' = x value / money and prices / price_scale, as Ipopt's callbacks see it.
struct IpoptSolver::Model {
  const Topology& topology;
  std::vector<double> value{};                       // cols; money per unit of activity
  std::vector<double> coef{};                        // nonzeros
  std::vector<double> cost{}, curvature{}, upper{};  // cols
  std::vector<double> zeros{};                       // cols
  std::vector<double> rhs{}, unlimited{};            // rows
  std::vector<double> x{}, multiplier{};             // cols, rows

  // The callbacks have the types that Ipopt's C interface asks for.
  static Bool evaluate(Index n, Number* x, Bool, Number* value, UserDataPtr user) {
    const Model& m = *static_cast<const Model*>(user);
    *value = 0;
    for (Index j = 0; j < n; ++j) *value += x[j] * (m.cost[j] + 0.5 * m.curvature[j] * x[j]);
    return 1;
  }
  static Bool gradient(Index n, Number* x, Bool, Number* out, UserDataPtr user) {
    const Model& m = *static_cast<const Model*>(user);
    for (Index j = 0; j < n; ++j) out[j] = m.cost[j] + m.curvature[j] * x[j];
    return 1;
  }
  static Bool constraints(Index n, Number* x, Bool, Index rows, Number* out, UserDataPtr user) {
    const Model& m = *static_cast<const Model*>(user);
    std::fill_n(out, rows, 0.0);
    for (Index j = 0; j < n; ++j) {
      for (Index k = m.topology.col_start[j]; k < m.topology.col_start[j + 1]; ++k) {
        out[m.topology.row_of[k]] += m.coef[k] * x[j];
      }
    }
    return 1;
  }
  static Bool jacobian(Index n, Number*, Bool, Index, Index, Index* row, Index* col, Number* out, UserDataPtr user) {
    const Model& m = *static_cast<const Model*>(user);
    for (Index j = 0; j < n; ++j) {
      for (Index k = m.topology.col_start[j]; k < m.topology.col_start[j + 1]; ++k) {
        if (out != nullptr) {
          out[k] = m.coef[k];
        } else {
          row[k] = m.topology.row_of[k];
          col[k] = j;
        }
      }
    }
    return 1;
  }
  static Bool hessian(Index n, Number*, Bool, Number factor, Index, Number*, Bool, Index, Index* row, Index* col,
                      Number* out, UserDataPtr user) {
    const Model& m = *static_cast<const Model*>(user);
    for (Index j = 0; j < n; ++j) {
      if (out != nullptr) {
        out[j] = factor * m.curvature[j];
      } else {
        row[j] = col[j] = j;
      }
    }
    return 1;
  }

  static Bool count(Index, Index iteration, Number, Number, Number, Number, Number, Number, Number, Number, Index,
                    UserDataPtr user) {
    static_cast<Model*>(user)->iterations = iteration;
    return 1;
  }

  void load(const Numbers& numbers);
  IpoptProblem create(double tolerance);
  int iterations = 0;
};

namespace {

constexpr double kInfinity = 2e19;  // what Ipopt takes for no bound

// The C interface asks for texts it may write to.
void set_text(IpoptProblem problem, std::string option, std::string value) {
  AddIpoptStrOption(problem, option.data(), value.data());
}
void set_number(IpoptProblem problem, std::string option, double value) {
  AddIpoptNumOption(problem, option.data(), value);
}

}  // namespace

void IpoptSolver::Model::load(const Numbers& numbers) {
  const double money = topology.money_scale;
  for (std::size_t j = 0; j < value.size(); ++j) {
    cost[j] = numbers.cost[j] / value[j];
    curvature[j] = numbers.curvature[j] * money / (value[j] * value[j]);
    upper[j] = std::min(kInfinity, numbers.upper[j] * value[j] / money);
    x[j] = std::min(0.5, 0.5 * upper[j]);
  }
  for (std::size_t i = 0; i < rhs.size(); ++i) rhs[i] = numbers.rhs[i] * topology.price_scale[i] / money;
}

IpoptProblem IpoptSolver::Model::create(double tolerance) {
  IpoptProblem problem =
      CreateIpoptProblem(topology.cols, zeros.data(), upper.data(), topology.rows, rhs.data(), unlimited.data(),
                         topology.nonzeros(), topology.cols, 0, evaluate, constraints, gradient, jacobian, hessian);
  set_text(problem, "sb", "yes");  // no banner
  AddIpoptIntOption(problem, std::string("print_level").data(), 0);
  AddIpoptIntOption(problem, std::string("max_iter").data(), 500);
  set_number(problem, "tol", tolerance);
  set_number(problem, "bound_relax_factor", 0);  // bounds are meant as they stand
  set_text(problem, "nlp_scaling_method", "none");
  set_text(problem, "mehrotra_algorithm", "yes");  // meant for convex quadratic programs
  for (const char* constant : {"jac_d_constant", "hessian_constant"}) set_text(problem, constant, "yes");
  SetIntermediateCallback(problem, count);
  return problem;
}

IpoptSolver::IpoptSolver(const Topology& topology, double tolerance)
    : topology_(topology), tolerance_(tolerance), model_(std::make_unique<Model>(Model{.topology = topology})) {
  const auto cols = static_cast<std::size_t>(topology.cols), rows = static_cast<std::size_t>(topology.rows);
  for (auto* v : {&model_->cost, &model_->curvature, &model_->upper, &model_->zeros, &model_->x}) v->assign(cols, 0.0);
  for (auto* v : {&model_->rhs, &model_->multiplier}) v->assign(rows, 0.0);
  model_->unlimited.assign(rows, kInfinity);
  model_->coef = topology.coef;
  for (Index j = 0; j < topology.cols; ++j) {
    model_->value.push_back(topology.activity_value(j));
    for (Index k = topology.col_start[j]; k < topology.col_start[j + 1]; ++k) {
      const auto at = static_cast<std::size_t>(k);
      model_->coef[at] *= topology.price_scale[topology.row_of[at]] / model_->value.back();
    }
  }
}

IpoptSolver::~IpoptSolver() = default;

void IpoptSolver::solve(const Numbers& numbers, IpoptResult& result) {
  if (!is_symmetric(numbers)) throw std::invalid_argument("IpoptSolver: wedges are not a quadratic program");
  Model& m = *model_;
  m.load(numbers);
  m.iterations = 0;
  result = {.optimal = false, .objective = 0, .iterations = 0, .solution = Solution::zeros(topology_)};
  if (std::none_of(m.upper.begin(), m.upper.end(),
                   [](double u) { return u > 0; })) {  // Ipopt wants something to decide
    result.optimal = std::none_of(m.rhs.begin(), m.rhs.end(), [](double b) { return b > 0; });
    return;
  }
  IpoptProblem problem = m.create(tolerance_);
  const ApplicationReturnStatus status =
      IpoptSolve(problem, m.x.data(), nullptr, nullptr, m.multiplier.data(), nullptr, nullptr, &m);
  FreeIpoptProblem(problem);
  result.optimal = status == Solve_Succeeded;
  result.iterations = m.iterations;
  for (std::size_t j = 0; j < m.x.size(); ++j)
    result.solution.activity[j] = m.x[j] * topology_.money_scale / m.value[j];
  for (std::size_t i = 0; i < m.rhs.size(); ++i) {
    result.solution.price[i] = -m.multiplier[i] * topology_.price_scale[i];
  }
  result.objective = objective(numbers, result.solution.activity);
}

}  // namespace lodestone::market::test
