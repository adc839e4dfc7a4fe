// The dataset of the toy world, and what wrong input about its futures must say.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"

namespace lodestone::insight {

inline dataset::RawDataset toy_dataset() {
  base::Diagnostics diagnostics;
  auto raw = dataset::read(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy", diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  return raw;
}

/// `make` must refuse its input in these words.
template <class Make>
void expect_input_error(const Make& make, const std::string& words) {
  try {
    make();
    ADD_FAILURE() << "no error: " << words;
  } catch (const base::InputError& error) {
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

}  // namespace lodestone::insight
