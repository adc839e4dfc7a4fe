// The reading half of ensemble_file.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/ensemble/checksum.hpp"
#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/store/facts_in_netcdf.hpp"

namespace lodestone::ensemble {

namespace fs = std::filesystem;
using store::NetcdfFile;

namespace {

// Other versions wrote no checksum; theirs are told by their schema.
NetcdfFile opened(const fs::path& file) {
  if (fs::exists(file) && fs::exists(checksum_file(file))) check_checksum(file, checksum_file(file));
  return NetcdfFile::open(file);
}

}  // namespace

EnsembleFile::EnsembleFile(const fs::path& file) : file_(file), nc_(opened(file)) {
  const auto global = [&](const char* name) { return nc_.attribute_text(NetcdfFile::kGlobal, name); };
  if (global("lodestone_file") != "ensemble")
    throw base::InputError(fmt::format("{}: a netCDF file that 'lodestone ensemble' did not write", file.string()));
  if (const auto schema = global("schema_version"); schema != std::to_string(kEnsembleSchema))
    throw base::InputError(fmt::format(
        "{}: found an ensemble of schema version {}, expected {}; run it again with this version of lodestone",
        file.string(), schema.empty() ? "unknown" : schema, kEnsembleSchema));
  if (!fs::exists(checksum_file(file)))
    throw base::InputError(fmt::format(
        "{}: is not there; expected the checksum of the results beside them; 'lodestone resume' writes both "
        "again",
        checksum_file(file).string()));
  facts_.run = store::read_facts(nc_);
  facts_.sampling = global("sampling");
  try {
    for (const auto& info : nc_.variables()) {
      if (info.name == "figure")
        figures_ = nc_.read_words(info);
      else if (info.name == "figure_assumed")
        for (const double number : nc_.read_numbers(info)) assumed_.push_back(number != 0);
      else if (info.name == "failure")
        failures_ = nc_.read_words(info);
      else if (info.name == "draw")
        draws_ = nc_.read_numbers(info);
      else if (const auto monthly = nc_.attribute_text(info.number, "monthly"); !monthly.empty()) {
        variables_.push_back(info);
        kept_.push_back({info.name, nc_.attribute_text(info.number, "long_name"),
                         nc_.attribute_text(info.number, "units"), monthly == "1",
                         nc_.attribute_text(info.number, "role"), nc_.attribute_text(info.number, "subject"),
                         nc_.attribute_text(info.number, "says")});
      }
    }
  } catch (const std::runtime_error& error) {
    throw base::InputError(fmt::format("{}; the file is damaged", error.what()));
  }
  facts_.members = failures_.size();
}

std::size_t EnsembleFile::find(const std::string& name) const {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    const auto& kept = kept_[k];
    if (name == kept.name || name == kept.expression || (!kept.subject.empty() && name == kept.subject)) return k;
    names.push_back(kept.role.empty() ? kept.expression : kept.subject);
  }
  base::Diagnostics wrong;
  wrong.error({file_.string()}, fmt::format("no number '{:.80}' is kept of its futures", name),
              "an expression that 'lodestone ensemble' kept, or the id of a proposition",
              base::nearest_name(name, names));
  throw base::InputError(std::move(wrong));
}

std::vector<std::size_t> EnsembleFile::kept_for(const std::string& role) const {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < kept_.size(); ++k)
    if (kept_[k].role == role) out.push_back(k);
  return out;
}

std::size_t EnsembleFile::dropped() const {
  return static_cast<std::size_t>(
      std::count_if(failures_.begin(), failures_.end(), [](const std::string& why) { return !why.empty(); }));
}

std::vector<double> EnsembleFile::values(std::size_t kept) const {
  try {
    return nc_.read_numbers(variables_.at(kept));
  } catch (const std::runtime_error& error) {
    throw base::InputError(fmt::format("{}; the file is damaged", error.what()));
  }
}

}  // namespace lodestone::ensemble
