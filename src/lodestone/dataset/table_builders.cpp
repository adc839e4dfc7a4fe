#include "lodestone/dataset/table_builders.hpp"

#include "lodestone/dataset/units.hpp"

namespace lodestone::dataset::schema {
namespace {

void set_source(Row& row, const CellValue& value) {
  row.provenance.source = value.text;
  row.provenance.recalled = value.text.starts_with("recalled, unverified:");
  row.provenance.derived = value.text.starts_with("derived:");
}

ColumnSpec date(std::string name, base::Date world::Provenance::*member, bool required, bool end) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = ColumnType::date;
  spec.required = required;
  spec.end_of_period = end;
  spec.set = [member](Row& row, const CellValue& value) {
    if (!value.empty) row.provenance.*member = value.date;
  };
  return spec;
}

}  // namespace

ColumnSpec unit(std::string name, Quantity quantity) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = ColumnType::unit;
  spec.meaning = "unit";
  spec.quantity = quantity;
  spec.choices = unit_names(quantity);
  spec.set = [](Row&, const CellValue&) {};
  return spec;
}

std::vector<ColumnSpec> common_columns() {
  ColumnSpec source;
  source.name = "source";
  source.meaning = "publication and date, or how the figure was derived";
  source.set = set_source;
  ColumnSpec confidence;
  confidence.name = "confidence";
  confidence.type = ColumnType::choice;
  confidence.meaning = "how well the figure is known";
  confidence.choices = {"high", "medium", "low", "assumed"};
  confidence.set = [](Row& row, const CellValue& value) {
    row.provenance.confidence = static_cast<world::Confidence>(value.choice);
  };
  auto from = date("valid_from", &world::Provenance::valid_from, true, false);
  from.meaning = "first day on which the figure holds";
  auto to = date("valid_to", &world::Provenance::valid_to, false, true);
  to.meaning = "last day on which the figure holds; empty = still";
  auto known = date("known_from", &world::Provenance::known_from, true, false);
  known.meaning = "when the figure was published";
  return {source, confidence, from, to, known};
}

TableSpec needed(TableSpec spec) {
  spec.may_be_empty = false;
  return spec;
}

TableSpec dated(TableSpec spec) {
  spec.dated_key = true;
  return spec;
}

TableSpec timeless(TableSpec spec) {
  spec.holds = [](const Row&, base::Period) { return true; };
  return spec;
}

TableSpec with_history(TableSpec spec) {
  spec.keeps_history = true;
  return spec;
}

TableSpec absent(TableSpec spec) {
  spec.may_be_absent = true;
  return spec;
}

ColumnSpec optional(ColumnSpec spec) {
  spec.required = false;
  return spec;
}

}  // namespace lodestone::dataset::schema
