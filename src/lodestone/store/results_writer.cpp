#include "lodestone/store/results_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "lodestone/store/facts_in_netcdf.hpp"
#include "lodestone/store/netcdf_file.hpp"
#include "lodestone/store/series.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kChunk = 12;  // months that are compressed and written together

template <class Range, class Name>
std::vector<std::string> names(const Range& range, Name name) {
  std::vector<std::string> out;
  out.reserve(std::size(range));
  for (const auto& item : range) out.emplace_back(name(item));
  return out;
}

}  // namespace

struct ResultsWriter::Parts {
  fs::path file, part;
  RunFacts facts;
  std::optional<NetcdfFile> out;
  std::vector<int> variables;                // one per series
  std::vector<std::vector<double>> pending;  // one per series: months not yet written, month-major
  std::vector<std::vector<std::size_t>> shapes;
  int time = -1;
  std::vector<double> pending_time;
  std::size_t written = 0;
  int done = 0;
  double worst = 0;

  void define(const simulation::MonthRecord& record);
  void flush();
};

ResultsWriter::ResultsWriter(fs::path file, RunFacts facts) : parts_(std::make_unique<Parts>()) {
  parts_->part = file;
  parts_->part += ".part";
  parts_->file = std::move(file);
  parts_->facts = std::move(facts);
}

ResultsWriter::~ResultsWriter() = default;

int ResultsWriter::months_done() const {
  return parts_->done;
}

double ResultsWriter::worst_certificate() const {
  return parts_->worst;
}

void ResultsWriter::Parts::define(const simulation::MonthRecord& record) {
  const world::World& world = record.world;
  out.emplace(NetcdfFile::create(part));
  auto& nc = *out;

  struct Labels {
    int variable;
    std::vector<std::string> values;
  };
  std::vector<Labels> labels;
  const auto label = [&](int dimension, const std::string& name, const std::string& says,
                         std::vector<std::string> values) {
    const int variable = nc.words(name, dimension);
    nc.attribute(variable, "long_name", says);
    labels.push_back({variable, std::move(values)});
  };
  const auto region = [&](world::RegionId id) { return world.regions[id.index()].id; };
  const auto product = [&](world::ProductId id) { return world.products[id.index()].id; };

  const int d_time = nc.dimension("time", NetcdfFile::kUnlimited);
  time = define_time(nc, d_time);

  // A dimension of length 0 would read back as unlimited: leave it out, and its series with it.
  const auto dimension = [&](const char* name, std::size_t length) {
    return length == 0 ? -1 : nc.dimension(name, length);
  };
  const int d_product = dimension("product", world.products.size());
  const int d_region = dimension("region", world.regions.size());
  const int d_facility = dimension("facility", world.facilities.size());
  const int d_arc = dimension("arc", world.arcs.size());
  const int d_segment = dimension("segment", world.segments.size());
  const int d_stock = dimension("stock", world.stocks.size());
  const int d_limit = dimension("limit", record.market.limits().size());
  const int d_release = dimension("release", record.market.releases().size());
  const int d_account = dimension("account", kAccounts.size());
  const int d_stage = dimension("stage", kWorkStages.size());
  const int d_industry = dimension("industry", world.industries.size());
  const int d_camp = dimension("camp", world.camps.size());
  const int d_lever = dimension("lever", facts.levers.size());
  const int d_rule = dimension("rule", record.reactions.rules.size());
  const int d_condition = dimension("condition", record.reactions.conditions.size());

  using world::Arc;
  using world::Facility;
  using world::Segment;
  using world::Stock;
  label(d_product, "product", "product", names(world.products, [](const auto& p) { return p.id; }));
  label(d_product, "product_name", "name of the product", names(world.products, [](const auto& p) { return p.name; }));
  label(d_product, "product_stage", "stage that makes it",
        names(world.products, [](const auto& p) { return to_string(p.stage); }));
  label(d_product, "product_basis", "what a tonne is a tonne of",
        names(world.products, [](const auto& p) { return p.basis; }));
  label(d_region, "region", "region", names(world.regions, [](const auto& r) { return r.id; }));
  label(d_region, "region_name", "name of the region", names(world.regions, [](const auto& r) { return r.name; }));
  if (d_facility >= 0) {
    label(d_facility, "facility", "facility", names(world.facilities, [](const Facility& f) { return f.id; }));
    label(d_facility, "facility_name", "name of the facility",
          names(world.facilities, [](const Facility& f) { return f.name; }));
    label(d_facility, "facility_region", "region of the facility",
          names(world.facilities, [&](const Facility& f) { return region(f.region); }));
    label(d_facility, "facility_process", "its process",
          names(world.facilities, [&](const Facility& f) { return world.processes[f.process.index()].id; }));
    label(d_facility, "facility_stage", "its stage", names(world.facilities, [&](const Facility& f) {
            return to_string(world.processes[f.process.index()].stage);
          }));
  }
  if (d_arc >= 0) {
    label(d_arc, "arc", "trade route", names(world.arcs, [&](const Arc& a) {
            return fmt::format("{}:{}>{}", product(a.product), region(a.from), region(a.to));
          }));
    label(d_arc, "arc_product", "product shipped", names(world.arcs, [&](const Arc& a) { return product(a.product); }));
    label(d_arc, "arc_from", "origin", names(world.arcs, [&](const Arc& a) { return region(a.from); }));
    label(d_arc, "arc_to", "destination", names(world.arcs, [&](const Arc& a) { return region(a.to); }));
  }
  if (d_segment >= 0) {
    label(d_segment, "segment", "demand segment", names(world.segments, [](const Segment& s) { return s.id; }));
    label(d_segment, "segment_product", "product used",
          names(world.segments, [&](const Segment& s) { return product(s.product); }));
    label(d_segment, "segment_region", "where it is used",
          names(world.segments, [&](const Segment& s) { return region(s.region); }));
    label(d_segment, "segment_end_use", "end use", names(world.segments, [](const Segment& s) { return s.end_use; }));
  }
  if (d_industry >= 0) {
    using world::Industry;
    label(d_industry, "industry", "industry behind an end use", names(world.industries, [&](const Industry& i) {
            return fmt::format("{}:{}:{}", i.end_use, region(i.region), i.sector);
          }));
    label(d_industry, "industry_end_use", "end use", names(world.industries, [](const auto& i) { return i.end_use; }));
    label(d_industry, "industry_region", "where it stands",
          names(world.industries, [&](const auto& i) { return region(i.region); }));
    label(d_industry, "industry_sector", "its sector", names(world.industries, [](const auto& i) { return i.sector; }));
  }
  if (d_camp >= 0) label(d_camp, "camp", "camp of states", names(world.camps, [](const auto& c) { return c.id; }));
  if (d_stock >= 0) {
    label(d_stock, "stock", "stock", names(world.stocks, [&](const Stock& s) {
            return fmt::format("{}:{}:{}", product(s.product), region(s.region), to_string(s.holder));
          }));
    label(d_stock, "stock_product", "product in store",
          names(world.stocks, [&](const Stock& s) { return product(s.product); }));
    label(d_stock, "stock_region", "where it is in store",
          names(world.stocks, [&](const Stock& s) { return region(s.region); }));
    label(d_stock, "stock_holder", "who holds it",
          names(world.stocks, [](const Stock& s) { return to_string(s.holder); }));
  }
  if (d_limit >= 0)
    label(d_limit, "limit", "limit over several routes",
          names(record.market.limits(), [](const auto& l) { return l.name; }));
  if (d_release >= 0)
    label(d_release, "release", "government release",
          names(record.market.releases(), [](const auto& r) { return r.name; }));
  label(d_stage, "stage", "stage that workers know", names(kWorkStages, [](const char* s) { return s; }));
  label(d_account, "account", "who receives", names(kAccounts, [](const char* a) { return a; }));
  if (d_lever >= 0) {
    const auto& levers = facts.levers;
    label(d_lever, "lever", "lever", names(levers, [](const LeverFacts& l) { return l.id; }));
    label(d_lever, "lever_kind", "kind of lever", names(levers, [](const LeverFacts& l) { return l.kind; }));
    label(d_lever, "lever_actor", "who acts", names(levers, [](const LeverFacts& l) { return l.actor; }));
    label(d_lever, "lever_start", "first month in force",
          names(levers, [](const LeverFacts& l) { return l.start.text(); }));
    label(d_lever, "lever_end", "first month no longer in force",
          names(levers, [](const LeverFacts& l) { return l.end.text(); }));
    label(d_lever, "lever_what", "on what", names(levers, [](const LeverFacts& l) { return l.what; }));
    label(d_lever, "lever_rule", "rule of an actor that holds it ready; its start and end are in lever_in_force",
          names(levers, [](const LeverFacts& l) { return l.rule; }));
  }
  if (d_rule >= 0) {
    label(d_rule, "rule", "rule of an actor", names(facts.rules, [](const RuleFacts& r) { return r.id; }));
    label(d_rule, "rule_actor", "whose rule", names(facts.rules, [](const RuleFacts& r) { return r.actor; }));
    label(d_rule, "rule_title", "what it does", names(facts.rules, [](const RuleFacts& r) { return r.title; }));
    label(d_rule, "rule_source", "what it rests on", names(facts.rules, [](const RuleFacts& r) { return r.source; }));
    label(d_rule, "rule_left_out", "why it plays no part; else empty",
          names(facts.rules, [](const RuleFacts& r) { return r.left_out; }));
  }
  if (d_condition >= 0) {
    std::vector<std::string> says, of;
    for (const auto& rule : facts.rules)
      for (const auto& condition : rule.conditions) {
        says.push_back(condition);
        of.push_back(rule.id);
      }
    label(d_condition, "condition", "condition of a rule", std::move(says));
    label(d_condition, "condition_rule", "of which rule", std::move(of));
  }

  const auto dimensions_of = [&](Axis axis) -> std::vector<std::pair<int, std::size_t>> {
    const std::size_t size = size_of(axis, record);
    switch (axis) {
      case Axis::month:
        return {};
      case Axis::node:
        return {{d_product, world.products.size()}, {d_region, world.regions.size()}};
      case Axis::arc:
        return {{d_arc, size}};
      case Axis::facility:
        return {{d_facility, size}};
      case Axis::segment:
        return {{d_segment, size}};
      case Axis::stock:
        return {{d_stock, size}};
      case Axis::limit:
        return {{d_limit, size}};
      case Axis::release:
        return {{d_release, size}};
      case Axis::account:
        return {{d_account, size}};
      case Axis::region:
        return {{d_region, world.regions.size()}};
      case Axis::workforce:
        return {{d_stage, kWorkStages.size()}, {d_region, world.regions.size()}};
      case Axis::lever:
        return {{d_lever, size}};
      case Axis::industry:
        return {{d_industry, size}};
      case Axis::camp:
        return {{d_camp, world.camps.size()}, {d_region, world.regions.size()}};
      case Axis::rule:
        return {{d_rule, size}};
      case Axis::condition:
        return {{d_condition, size}};
    }
    return {};
  };
  for (const Series& s : series()) {
    std::vector<int> dims{d_time};
    std::vector<std::size_t> chunks{kChunk}, shape;
    bool empty = false;
    for (const auto& [dim, length] : dimensions_of(s.axis)) {
      dims.push_back(dim);
      chunks.push_back(length);
      shape.push_back(length);
      empty = empty || length == 0;
    }
    shapes.push_back(std::move(shape));
    pending.emplace_back();
    if (empty) {
      variables.push_back(-1);
      continue;
    }
    const int variable = nc.numbers(s.name, dims, chunks);
    nc.attribute(variable, "long_name", std::string(s.long_name));
    nc.attribute(variable, "units", std::string(s.units));
    nc.attribute(variable, "_FillValue", std::numeric_limits<double>::quiet_NaN());
    variables.push_back(variable);
    pending.back().reserve(kChunk * size_of(s.axis, record));
  }
  // What does not change with the months.
  int base_use = -1;
  if (d_segment >= 0) {
    base_use = nc.numbers("base_demand", std::array{d_segment}, {});
    nc.attribute(base_use, "long_name", std::string("use in the base year"));
    nc.attribute(base_use, "units", std::string("t/month"));
  }
  const int base_price = nc.numbers("base_price", std::array{d_product, d_region}, {});
  nc.attribute(base_price, "long_name", std::string("price in the base year"));
  nc.attribute(base_price, "units", std::string("USD/t"));

  nc.attribute(NetcdfFile::kGlobal, "lodestone_file", std::string("results"));
  nc.attribute(NetcdfFile::kGlobal, "schema_version", static_cast<long long>(kResultsSchema));
  write_facts(nc, facts);
  nc.end_definitions();

  for (const auto& [variable, values] : labels) nc.write(variable, values);
  if (base_use >= 0) {
    std::vector<double> quantity;
    for (const auto& segment : world.segments) quantity.push_back(segment.base_quantity);
    nc.write(base_use, std::array{std::size_t{0}}, std::array{quantity.size()}, quantity);
  }
  nc.write(base_price, std::array{std::size_t{0}, std::size_t{0}},
           std::array{world.products.size(), world.regions.size()}, world.base_price);
}

void ResultsWriter::Parts::flush() {
  const std::size_t months = pending_time.size();
  if (months == 0) return;
  out->write(time, std::array{written}, std::array{months}, pending_time);
  for (std::size_t s = 0; s < variables.size(); ++s) {
    if (variables[s] < 0) continue;
    std::vector<std::size_t> start{written}, count{months};
    for (const std::size_t length : shapes[s]) {
      start.push_back(0);
      count.push_back(length);
    }
    out->write(variables[s], start, count, pending[s]);
    pending[s].clear();
  }
  written += months;
  pending_time.clear();
}

void ResultsWriter::month(const simulation::MonthRecord& record) {
  auto& parts = *parts_;
  if (!parts.out) parts.define(record);
  parts.pending_time.push_back(days_since_1970(record.month));
  std::size_t index = 0;
  for (const Series& s : series()) {
    auto& values = parts.pending[index];
    if (parts.variables[index++] < 0) continue;
    const std::size_t before = values.size();
    values.resize(before + size_of(s.axis, record));
    s.read(record, std::span(values).subspan(before));
  }
  parts.worst = std::max(parts.worst, record.equilibrium.certificate.worst());
  ++parts.done;
  if (parts.pending_time.size() == kChunk) parts.flush();
}

void ResultsWriter::finish(const std::string& status, const std::string& message) {
  auto& parts = *parts_;
  if (!parts.out) return;
  parts.flush();
  parts.out->attribute(NetcdfFile::kGlobal, "status", status);
  parts.out->attribute(NetcdfFile::kGlobal, "message", message);
  parts.out->close();
  parts.out.reset();
  give_name(parts.part, parts.file);
}

}  // namespace lodestone::store
