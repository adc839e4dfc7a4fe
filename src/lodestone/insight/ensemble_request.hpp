// What an ensemble was asked to be, on the disk: enough to go on with it and to make any of its futures again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "lodestone/insight/futures.hpp"
#include "lodestone/store/run_folder.hpp"

namespace lodestone::insight {

/// The dataset that the ensemble was read with, beside the request.
struct StoredRequest {
  EnsembleRequest request;
  std::string as_of;
  int base_year = 0;
  std::optional<std::uint32_t> member = {};  // of a run that is one future of an ensemble
};

/// Writes a request, whole or not at all: RunFolder::ensemble_request() of an ensemble, member_request() of one future.
void store_request(const std::filesystem::path& file, const StoredRequest& stored);
/// Throws base::InputError when it is missing or damaged.
StoredRequest stored_request(const std::filesystem::path& file);

/// The futures of an ensemble that stands in a folder. Throws base::InputError when something of it is missing or
/// altered.
std::unique_ptr<Futures> stored_futures(const store::RunFolder& folder);
/// World and scenario of a run that is one future of an ensemble. Throws base::InputError likewise.
OneFuture stored_member(const store::RunFolder& folder);

}  // namespace lodestone::insight
