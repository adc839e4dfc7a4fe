// A crisis of the toy world, and packages against it, as files have them.
#pragma once

#include <string>

namespace lodestone::insight {

/// HOM, which makes five of six magnets, stops their export in 2025-01.
inline std::string toy_crisis() {
  return "[run]\nid = \"crisis\"\ntitle = \"Crisis\"\nquestion = \"What then?\"\nstart = \"2024-01\"\nmonths = 18\n"
         "[[levers]]\nid = \"stop\"\nkind = \"export-ban\"\nactor = \"HOM\"\nproducts = [\"magnet\"]\nstart = "
         "\"2025-01\"\nend = \"2025-07\"\nsource = \"test\"\n";
}

/// A credit of OTH on the value of a product made in a region, up to all of it.
inline std::string toy_package(const std::string& table, const std::string& id, const std::string& product,
                               const std::string& region, const std::string& latest = "2024-02") {
  return "[[" + table + "]]\nid = \"" + id + "\"\ntitle = \"" + id +
         "\"\npays = \"OTH\"\nearliest = \"2024-02\"\nlatest = \"" + latest + "\"\nsource = \"test\"\n[[" + table +
         ".levers]]\nkind = \"tax-credit\"\nproducts = [\"" + product + "\"]\norigins = [\"" + region +
         "\"]\nend = \"2025-07\"\nscaled = { share-of-value = 1 }\n";
}

}  // namespace lodestone::insight
