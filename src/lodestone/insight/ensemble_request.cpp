#include "lodestone/insight/ensemble_request.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::insight {
namespace {

constexpr std::uintmax_t kLargest = 16U << 20U;

}  // namespace

void store_request(const std::filesystem::path& file, const StoredRequest& stored) {
  const auto& request = stored.request;
  nlohmann::ordered_json json{{"schema_version", 1},           {"members", *request.members},
                              {"months", *request.months},     {"seed", *request.seed},
                              {"sampling", *request.sampling}, {"keep", request.keep},
                              {"projects", request.projects},  {"demand_growth", *request.demand_growth},
                              {"as_of", stored.as_of},         {"base_year", stored.base_year}};
  if (stored.member) json["member"] = *stored.member;
  store::write_whole(file, json.dump(2) + "\n");
}

StoredRequest stored_request(const std::filesystem::path& file) {
  const std::string text = store::read_whole(file, kLargest);
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("schema_version").get<int>() != 1)
      throw base::InputError(
          fmt::format("{}: schema_version {}, expected 1", file.string(), json.at("schema_version").get<int>()));
    StoredRequest stored;
    stored.request.members = json.at("members").get<int>();
    stored.request.months = json.at("months").get<int>();
    stored.request.seed = json.at("seed").get<std::uint64_t>();
    stored.request.sampling = json.at("sampling").get<std::string>();
    stored.request.demand_growth = json.at("demand_growth").get<std::string>();
    stored.request.keep = json.at("keep").get<std::vector<std::string>>();
    stored.request.projects = json.value("projects", false);
    stored.as_of = json.at("as_of").get<std::string>();
    stored.base_year = json.at("base_year").get<int>();
    if (json.contains("member")) stored.member = json.at("member").get<std::uint32_t>();
    return stored;
  } catch (const nlohmann::json::exception& error) {
    throw base::InputError(
        fmt::format("{}: {}; expected it as 'lodestone ensemble' wrote it", file.string(), error.what()));
  }
}

namespace {

std::unique_ptr<Futures> futures_in(const store::RunFolder& folder, const StoredRequest& stored) {
  base::Diagnostics diagnostics;
  auto raw =
      dataset::read(folder.data(), diagnostics, {base::parse_date(stored.as_of), folder.overlays(), stored.base_year});
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  auto request = stored.request;
  if (std::filesystem::exists(folder.propositions())) {
    request.propositions = store::read_whole(folder.propositions(), kLargest);
    request.propositions_file = folder.propositions().string();
  }
  return std::make_unique<Futures>(std::move(raw), folder.scenario_text(), folder.scenario().string(), request);
}

}  // namespace

std::unique_ptr<Futures> stored_futures(const store::RunFolder& folder) {
  return futures_in(folder, stored_request(folder.ensemble_request()));
}

OneFuture stored_member(const store::RunFolder& folder) {
  const auto file = folder.member_request();
  const auto stored = stored_request(file);
  if (!stored.member)
    throw base::InputError(fmt::format("{}: has no member; expected the number of a future", file.string()));
  return futures_in(folder, stored)->future(*stored.member);
}

}  // namespace lodestone::insight
