// A netCDF-4 file opened for writing or reading; every call checked, closed when it goes out of scope.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace lodestone::store {

class NetcdfFile {
 public:
  static constexpr std::size_t kUnlimited = 0;

  static NetcdfFile create(const std::filesystem::path& file);
  /// Throws base::InputError when the file is missing, truncated, or not netCDF-4.
  static NetcdfFile open(const std::filesystem::path& file);
  ~NetcdfFile();
  NetcdfFile(NetcdfFile&& other) noexcept;
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  void close();

  // Writing. Dimensions and variables are known by the number returned.
  int dimension(const std::string& name, std::size_t length);
  /// Numbers of eight bytes, or of four (about seven digits).
  int numbers(const std::string& name, std::span<const int> dimensions, std::span<const std::size_t> chunks,
              bool four_bytes = false);
  int words(const std::string& name, int dimension);
  void attribute(int variable, const std::string& name, const std::string& text);
  void attribute(int variable, const std::string& name, double number);
  void attribute(int variable, const std::string& name, long long number);
  void end_definitions();
  void write(int variable, std::span<const std::size_t> start, std::span<const std::size_t> count,
             std::span<const double> values);
  void write(int variable, const std::vector<std::string>& values);

  // Reading.
  struct VariableInfo {
    int number = -1;
    std::string name;
    bool words = false;
    std::vector<std::string> dimensions;
    std::vector<std::size_t> shape;
  };
  [[nodiscard]] std::vector<VariableInfo> variables() const;
  [[nodiscard]] std::vector<double> read_numbers(const VariableInfo& variable) const;
  [[nodiscard]] std::vector<std::string> read_words(const VariableInfo& variable) const;
  /// Text of an attribute; numbers are written out; empty when there is none.
  [[nodiscard]] std::string attribute_text(int variable, const std::string& name) const;

  static const int kGlobal;

 private:
  NetcdfFile(int handle, std::string name) : handle_(handle), name_(std::move(name)) {}
  void check(int status, const std::string& doing) const;
  int handle_ = -1;
  std::string name_;
};

}  // namespace lodestone::store
