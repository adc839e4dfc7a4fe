#include "lodestone/store/netcdf_file.hpp"

#include <fmt/format.h>
#include <netcdf.h>

#include <array>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::store {
namespace fs = std::filesystem;

const int NetcdfFile::kGlobal = NC_GLOBAL;

void NetcdfFile::check(int status, const std::string& doing) const {
  if (status != NC_NOERR) throw std::runtime_error(fmt::format("{}: {}: {}", name_, doing, nc_strerror(status)));
}

NetcdfFile NetcdfFile::create(const fs::path& file) {
  NetcdfFile made(-1, file.string());
  int handle = -1;
  made.check(nc_create(file.c_str(), NC_NETCDF4 | NC_CLOBBER, &handle), "cannot be made");
  made.handle_ = handle;
  return made;
}

NetcdfFile NetcdfFile::open(const fs::path& file) {
  if (!fs::exists(file)) throw base::InputError(fmt::format("{}: there is no such file", file.string()));
  int handle = -1;
  const int status = nc_open(file.c_str(), NC_NOWRITE, &handle);
  if (status != NC_NOERR)
    throw base::InputError(
        fmt::format("{}: not a results file, or a truncated one ({}); expected netCDF-4 as 'lodestone run' writes it",
                    file.string(), nc_strerror(status)));
  return {handle, file.string()};
}

NetcdfFile::~NetcdfFile() {
  if (handle_ >= 0) nc_close(handle_);
}

NetcdfFile::NetcdfFile(NetcdfFile&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)), name_(std::move(other.name_)) {}

void NetcdfFile::close() {
  if (handle_ >= 0) check(nc_close(std::exchange(handle_, -1)), "cannot be closed");
}

int NetcdfFile::dimension(const std::string& name, std::size_t length) {
  int number = -1;
  check(nc_def_dim(handle_, name.c_str(), length == kUnlimited ? NC_UNLIMITED : length, &number), name);
  return number;
}

int NetcdfFile::numbers(const std::string& name, std::span<const int> dimensions, std::span<const std::size_t> chunks,
                        bool four_bytes) {
  int number = -1;
  check(nc_def_var(handle_, name.c_str(), four_bytes ? NC_FLOAT : NC_DOUBLE, static_cast<int>(dimensions.size()),
                   dimensions.data(), &number),
        name);
  if (!chunks.empty()) {
    check(nc_def_var_chunking(handle_, number, NC_CHUNKED, chunks.data()), name);
    check(nc_def_var_deflate(handle_, number, 1, 1, 1), name);  // shuffled; more costs time and saves little
  }
  return number;
}

int NetcdfFile::words(const std::string& name, int dimension) {
  int number = -1;
  check(nc_def_var(handle_, name.c_str(), NC_STRING, 1, &dimension, &number), name);
  return number;
}

void NetcdfFile::attribute(int variable, const std::string& name, const std::string& text) {
  check(nc_put_att_text(handle_, variable, name.c_str(), text.size(), text.c_str()), name);
}

void NetcdfFile::attribute(int variable, const std::string& name, double number) {
  check(nc_put_att_double(handle_, variable, name.c_str(), NC_DOUBLE, 1, &number), name);
}

void NetcdfFile::attribute(int variable, const std::string& name, long long number) {
  check(nc_put_att_longlong(handle_, variable, name.c_str(), NC_INT64, 1, &number), name);
}

void NetcdfFile::end_definitions() {
  check(nc_enddef(handle_), "definitions");
}

void NetcdfFile::write(int variable, std::span<const std::size_t> start, std::span<const std::size_t> count,
                       std::span<const double> values) {
  check(nc_put_vara_double(handle_, variable, start.data(), count.data(), values.data()), "cannot be written");
}

void NetcdfFile::write(int variable, const std::vector<std::string>& values) {
  std::vector<const char*> texts;
  texts.reserve(values.size());
  for (const auto& value : values) texts.push_back(value.c_str());
  const std::size_t start = 0, count = texts.size();
  if (count > 0) check(nc_put_vara_string(handle_, variable, &start, &count, texts.data()), "cannot be written");
}

std::vector<NetcdfFile::VariableInfo> NetcdfFile::variables() const {
  int count = 0;
  check(nc_inq_nvars(handle_, &count), "variables");
  std::vector<VariableInfo> found;
  for (int v = 0; v < count; ++v) {
    std::array<char, NC_MAX_NAME + 1> name{};
    std::array<int, NC_MAX_VAR_DIMS> dims{};
    nc_type type = NC_NAT;
    int rank = 0;
    check(nc_inq_var(handle_, v, name.data(), &type, &rank, dims.data(), nullptr), "variables");
    VariableInfo info{v, name.data(), type == NC_STRING, {}, {}};
    for (int d = 0; d < rank; ++d) {
      std::size_t length = 0;
      check(nc_inq_dim(handle_, dims[static_cast<std::size_t>(d)], name.data(), &length), info.name);
      info.dimensions.emplace_back(name.data());
      info.shape.push_back(length);
    }
    found.push_back(std::move(info));
  }
  return found;
}

std::vector<double> NetcdfFile::read_numbers(const VariableInfo& variable) const {
  std::vector<double> values(
      std::accumulate(variable.shape.begin(), variable.shape.end(), std::size_t{1}, std::multiplies<>()));
  if (!values.empty()) check(nc_get_var_double(handle_, variable.number, values.data()), variable.name);
  return values;
}

std::vector<std::string> NetcdfFile::read_words(const VariableInfo& variable) const {
  std::vector<char*> texts(
      std::accumulate(variable.shape.begin(), variable.shape.end(), std::size_t{1}, std::multiplies<>()), nullptr);
  if (texts.empty()) return {};
  check(nc_get_var_string(handle_, variable.number, texts.data()), variable.name);
  std::vector<std::string> values;
  values.reserve(texts.size());
  for (const char* text : texts) values.emplace_back(text == nullptr ? "" : text);
  nc_free_string(texts.size(), texts.data());
  return values;
}

std::string NetcdfFile::attribute_text(int variable, const std::string& name) const {
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(handle_, variable, name.c_str(), &type, &length) != NC_NOERR) return {};
  if (type == NC_CHAR) {
    std::string text(length, '\0');
    check(nc_get_att_text(handle_, variable, name.c_str(), text.data()), name);
    return text;
  }
  if (length != 1) return {};
  if (type == NC_DOUBLE || type == NC_FLOAT) {
    double value = 0;
    check(nc_get_att_double(handle_, variable, name.c_str(), &value), name);
    return fmt::format("{}", value);
  }
  if (type == NC_STRING) return {};
  long long value = 0;
  check(nc_get_att_longlong(handle_, variable, name.c_str(), &value), name);
  return fmt::format("{}", value);
}

}  // namespace lodestone::store
