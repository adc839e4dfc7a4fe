// The names that files may refer to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

/// Names that later files may refer to. A list that could not be read in full accepts every name, so that one broken
/// file does not make every other file look broken.
class Names {
 public:
  /// Takes the ids of a file that was read; `complete` when none can be missing.
  void add(const TableSpec& table, const RawDataset& raw, bool complete);
  /// True when the name is one that a column of this kind may refer to.
  [[nodiscard]] bool has(Refers refers, const std::string& name) const;
  [[nodiscard]] std::string nearest(Refers refers, std::string_view name) const;

 private:
  struct List {
    std::set<std::string> names;
    bool complete = false;
  };
  std::map<Refers, List> lists_;
};

}  // namespace lodestone::dataset
