// Ensembles of the toy world as a user makes them, and what they left on the disk.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/app/program.hpp"

namespace lodestone::app {

namespace fs = std::filesystem;

class Ensembles : public Program {
 protected:
  const std::string kWords_ = "ensemble tests/app/toy_ensemble.toml --data tests/insight/toy --members 40 --threads 2";

  static std::string name(int number) { return "r" + std::to_string(10000 + number).substr(1); }
  fs::path folder(int number) const {
    for (const auto& entry : fs::directory_iterator(out_.path() / "runs"))
      if (entry.path().filename().string().starts_with(name(number))) return entry.path();
    return {};
  }
  static std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // What a program in Python says about files, as an analyst would read them.
  Answer python(const std::string& program, const std::vector<fs::path>& files) const {
    const auto script = out_.path() / "script.py";
    std::ofstream(script) << program;
    std::string line = "/usr/bin/python3 '" + script.string() + "'";
    for (const auto& file : files) line += " '" + file.string() + "'";
    line += " 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    Answer answer;
    char buffer[4096];
    while (const auto count = std::fread(buffer, 1, sizeof buffer, pipe)) answer.text.append(buffer, count);
    answer.code = ::pclose(pipe);
    return answer;
  }
  // Everything in it but the run's name, as text.
  Answer content(const fs::path& run) const {
    return python(
        "import sys, netCDF4\n"
        "f = netCDF4.Dataset(sys.argv[1])\n"
        "for name in f.variables:\n"
        "    v = f.variables[name][:]\n"
        "    print(name, v.tobytes().hex() if v.dtype != object else list(v))\n",
        {run / "ensemble.nc"});
  }
};

}  // namespace lodestone::app
