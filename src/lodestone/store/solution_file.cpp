#include "lodestone/store/solution_file.hpp"

#include <fmt/format.h>

#include "lodestone/market/certificate.hpp"
#include "lodestone/store/json_text.hpp"

namespace lodestone::store {

std::string solutions_json(const ProblemSequence& sequence, const std::vector<std::string>& outcomes,
                           const std::vector<market::Solution>& solutions) {
  std::string out = fmt::format("{{\"schema_version\":{},\n\"name\":{}", kProblemSchema, json_text(sequence.name));
  if (!sequence.row_names.empty()) out += ",\n\"row_names\":" + json_list(sequence.row_names, json_text);
  if (!sequence.column_names.empty()) out += ",\n\"column_names\":" + json_list(sequence.column_names, json_text);
  out += ",\n\"periods\":[";
  for (std::size_t k = 0; k < solutions.size(); ++k) {
    const auto& period = sequence.periods[k];
    const auto& solution = solutions[k];
    const auto certificate = market::certify(sequence.topology, period.numbers, solution);
    out += k == 0 ? "\n" : ",\n";
    out += fmt::format("{{\"label\":{},\"outcome\":{},\"objective\":{},\"violation\":{},\n", json_text(period.label),
                       json_text(outcomes[k]), json_number(market::objective(period.numbers, solution.activity)),
                       json_number(certificate.worst()));
    out += " \"duals\":" + json_list(solution.price, json_number);
    out += ",\n \"activity\":" + json_list(solution.activity, json_number) + "}";
  }
  return out + "\n]}\n";
}

}  // namespace lodestone::store
