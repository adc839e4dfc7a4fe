#include "lodestone/dataset/check.hpp"

#include <set>

namespace lodestone::dataset {
namespace {

// The processes and products that a product is made from, itself included.
struct Chain {
  std::set<std::string> products, processes;
};

Chain chain_of(const std::string& product, const RawDataset& raw) {
  Chain chain{{product}, {}};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& item : raw.recipes) {
      if (item.output && chain.products.contains(item.product)) grew |= chain.processes.insert(item.process).second;
      if (!item.output && chain.processes.contains(item.process)) grew |= chain.products.insert(item.product).second;
    }
  }
  return chain;
}

class Gatherer {
 public:
  explicit Gatherer(const Chain& chain) : chain_(chain) {}
  [[nodiscard]] const Evidence& evidence() const { return evidence_; }

  template <class R>
  void by_product(const std::vector<R>& rows) {
    for (const R& row : rows)
      if (row.product == "all" || chain_.products.contains(row.product)) evidence_.add(row.provenance);
  }
  template <class R>
  void by_process(const std::vector<R>& rows) {
    for (const R& row : rows)
      if (chain_.processes.contains(row.process)) evidence_.add(row.provenance);
  }
  template <class R>
  void by_id(const std::vector<R>& rows, const std::set<std::string>& ids) {
    for (const R& row : rows)
      if (ids.contains(row.id)) evidence_.add(row.provenance);
  }

 private:
  const Chain& chain_;
  Evidence evidence_;
};

ChainGrade grade_chain(const std::string& product, const RawDataset& raw) {
  const Chain chain = chain_of(product, raw);
  Gatherer gatherer(chain);
  gatherer.by_id(raw.products, chain.products);
  gatherer.by_id(raw.processes, chain.processes);
  gatherer.by_process(raw.recipes);
  gatherer.by_process(raw.facilities);
  gatherer.by_product(raw.compositions);
  gatherer.by_product(raw.end_uses);
  gatherer.by_product(raw.demand_shares);
  gatherer.by_product(raw.demand_totals);
  gatherer.by_product(raw.prices);
  gatherer.by_product(raw.taxes);
  gatherer.by_product(raw.freight);
  gatherer.by_product(raw.trade);
  gatherer.by_product(raw.arcs);
  gatherer.by_product(raw.stocks);
  return {product, gatherer.evidence(), grade_of(gatherer.evidence().assumed_share())};
}

}  // namespace

void Evidence::add(const world::Provenance& provenance) {
  ++rows;
  ++by_confidence[static_cast<std::size_t>(provenance.confidence)];
  recalled += provenance.recalled ? 1 : 0;
  derived += provenance.derived ? 1 : 0;
  assumed += provenance.assumed() ? 1 : 0;
}

double Evidence::share(world::Confidence confidence) const {
  return rows == 0 ? 0 : static_cast<double>(by_confidence[static_cast<std::size_t>(confidence)]) / rows;
}

double Evidence::assumed_share() const {
  return rows == 0 ? 0 : static_cast<double>(assumed) / rows;
}

char grade_of(double assumed_share) {
  if (assumed_share <= 0.10) return 'A';
  if (assumed_share <= 0.25) return 'B';
  return assumed_share <= 0.50 ? 'C' : 'D';
}

CheckReport summarise(const RawDataset& raw) {
  CheckReport report;
  report.id = raw.id;
  report.title = raw.title;
  report.hash = raw.hash;
  report.base_year = raw.base_year;
  report.as_of = raw.as_of;
  report.overlays = raw.overlays;
  for (const TableSpec& spec : tables()) {
    FileSummary file{spec.file, {}, {}, 0};
    if (const auto left = raw.left_out.find(spec.file); left != raw.left_out.end()) file.left_out = left->second;
    for (const auto& rows : {spec.rows(raw), spec.past(raw)})
      for (const Row* row : rows) {
        file.evidence.add(row->provenance);
        report.total.add(row->provenance);
        file.overlaid += row->layer > 0 ? 1 : 0;
      }
    report.files.push_back(std::move(file));
  }
  for (const auto& row : raw.facilities) {
    FacilityCount& count = report.facilities[static_cast<std::size_t>(row.status)];
    ++(row.aggregate ? count.aggregates : count.plants);
  }
  for (const auto& product : raw.products) report.chains.push_back(grade_chain(product.id, raw));
  return report;
}

CheckReport check(const std::filesystem::path& folder, const ReadOptions& options) {
  base::Diagnostics diagnostics;
  const RawDataset raw = read(folder, diagnostics, options);
  if (!diagnostics.has_errors()) build(raw, diagnostics);
  CheckReport report = summarise(raw);
  report.diagnostics = std::move(diagnostics);
  return report;
}

}  // namespace lodestone::dataset
