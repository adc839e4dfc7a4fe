// What an ensemble was asked to be, on the disk: enough to go on with it and to make any of its futures again.
#pragma once

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
};

/// Writes ensemble.json into a run's folder, whole or not at all.
void store_request(const store::RunFolder& folder, const StoredRequest& stored);
/// Throws base::InputError when it is missing or damaged.
StoredRequest stored_request(const store::RunFolder& folder);

/// The futures of an ensemble that stands in a folder. Throws base::InputError when something of it is missing or
/// altered.
std::unique_ptr<Futures> stored_futures(const store::RunFolder& folder);

}  // namespace lodestone::insight
