// What the table of files and columns is made of: a column by its type and the member that it fills, a table by its
// rows.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset::schema {

inline constexpr double kMany = 1e12;
inline constexpr int kPlansReach = 12;  // years from a plan to what it plans
inline const Range kNotNegative{.minimum = 0, .maximum = kMany};
inline const Range kPositive{.minimum = 0, .maximum = kMany, .open_minimum = true};
inline const Range kFraction{.minimum = 0, .maximum = 1};
inline const Range kElasticity{.minimum = -10, .maximum = 0, .open_maximum = true};
inline const Range kAny{.minimum = -kMany, .maximum = kMany};

template <class>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

// Puts a cell's value into a member of the row. Booleans are choices of two words, the second meaning true.
template <class R, class T>
std::function<void(Row&, const CellValue&)> into(T R::*member) {
  return [member](Row& row, const CellValue& value) {
    T& target = static_cast<R&>(row).*member;
    if constexpr (std::is_same_v<T, std::string>)
      target = value.text;
    else if constexpr (std::is_same_v<T, bool>)
      target = value.choice == 1;
    else if constexpr (std::is_same_v<T, base::Period>)
      target = value.period;
    else if constexpr (std::is_same_v<T, std::optional<base::Period>>)
      target = value.empty ? T{} : T{value.period};
    else if constexpr (std::is_enum_v<T>)
      target = static_cast<T>(value.choice);
    else if constexpr (kIsOptional<T>)
      target = value.empty ? T{} : T{value.number};
    else
      target = static_cast<T>(value.number);
  };
}

template <class R, class T>
ColumnSpec column(std::string name, ColumnType type, T R::*member, std::string meaning) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = type;
  spec.meaning = std::move(meaning);
  spec.set = into(member);
  return spec;
}

template <class R>
ColumnSpec id(std::string R::*member, std::string meaning) {
  return column("id", ColumnType::id, member, std::move(meaning));
}

template <class R>
ColumnSpec text(std::string name, std::string R::*member, std::string meaning) {
  return column(std::move(name), ColumnType::text, member, std::move(meaning));
}

template <class R>
ColumnSpec refer(std::string name, Refers refers, std::string R::*member, std::string meaning) {
  auto spec = column(std::move(name), ColumnType::text, member, std::move(meaning));
  spec.refers = refers;
  return spec;
}

template <class R, class T>
ColumnSpec number(std::string name, T R::*member, Range range, const std::string& unit_column, std::string meaning) {
  auto spec = column(std::move(name), std::is_same_v<T, int> ? ColumnType::whole : ColumnType::number, member,
                     std::move(meaning));
  spec.range = range;
  spec.unit_column = unit_column;
  spec.required = !kIsOptional<T>;
  return spec;
}

template <class R, class T>
ColumnSpec choice(std::string name, T R::*member, const std::vector<std::string>& words, std::string meaning) {
  auto spec = column(std::move(name), ColumnType::choice, member, std::move(meaning));
  spec.choices = words;
  return spec;
}

ColumnSpec unit(std::string name, Quantity quantity);
/// A column that may be left empty.
ColumnSpec optional(ColumnSpec spec);
/// The five columns that end every row.
std::vector<ColumnSpec> common_columns();

template <class R>
std::vector<const Row*> addresses(const std::vector<R>& rows) {
  std::vector<const Row*> out;
  out.reserve(rows.size());
  for (const R& row : rows) out.push_back(&row);
  return out;
}

template <class R>
TableSpec make(std::string file, std::string meaning, std::vector<std::string> key, std::vector<R> RawDataset::*rows,
               std::vector<ColumnSpec> columns) {
  TableSpec spec;
  spec.file = std::move(file);
  spec.meaning = std::move(meaning);
  spec.key = std::move(key);
  spec.columns = std::move(columns);
  for (auto& common : common_columns()) spec.columns.push_back(std::move(common));
  spec.holds = [](const Row& row, base::Period year) { return row.held().meets(year); };
  spec.append = [rows](RawDataset& raw) -> Row& { return (raw.*rows).emplace_back(); };
  spec.rows = [rows](const RawDataset& raw) { return addresses(raw.*rows); };
  spec.past = [](const RawDataset&) { return std::vector<const Row*>(); };
  spec.keep = [rows](RawDataset& raw, const std::vector<bool>& wanted) {
    std::vector<R> kept;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i]) kept.push_back(std::move((raw.*rows)[i]));
    raw.*rows = std::move(kept);
  };
  return spec;
}

/// A file that must have rows.
TableSpec needed(TableSpec spec);
/// A file that may be missing.
TableSpec absent(TableSpec spec);
/// One key may stand in several rows that hold at different times.
TableSpec dated(TableSpec spec);
/// How people behave is held to be the same in every base year.
TableSpec timeless(TableSpec spec);
TableSpec with_history(TableSpec spec);

template <class R>
TableSpec with_past(TableSpec spec, std::vector<R> RawDataset::*past) {
  spec.past = [past](const RawDataset& raw) { return addresses(raw.*past); };
  return spec;
}

template <class R>
TableSpec archived(TableSpec spec, std::vector<R> RawDataset::*rows, std::vector<R> RawDataset::*past) {
  spec.archive = [rows, past](RawDataset& raw, const std::vector<bool>& wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i]) (raw.*past).push_back((raw.*rows)[i]);
  };
  return with_past(std::move(spec), past);
}

/// The tables, in the order in which they are read.
std::vector<TableSpec> plant_tables();
std::vector<TableSpec> market_tables();

}  // namespace lodestone::dataset::schema
