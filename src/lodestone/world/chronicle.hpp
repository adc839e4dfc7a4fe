// What happened: dated acts of governments and others as they became known, and the text that says which of them are
// levers of this model and how. The world only holds it; policy/chronicle.hpp replays it. Format: docs/chronicle.md.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"

namespace lodestone::world {

/// What a row of the chronicle is here: an act that is a lever; a change of another act; an act for which the model has
/// no lever, product or figure; an outcome to hold a run against, which is never replayed.
enum class EventStatus { lever, amendment, not_mappable, observation };
std::string to_string(EventStatus status);

struct Event {
  std::string id;                                       // "E154"
  std::vector<std::string> actors, targets, materials;  // as in the source: ISO 3166-1 alpha-3, blocs; "Dy", "REE"
  std::string stage, act;                               // in the chronicle's own words: "separated", "export_licence"
  std::string magnitude, unit;                          // of the act, never of a price that followed; may be empty
  EventStatus status = EventStatus::not_mappable;
  std::string reason;   // why it is not mappable, or in what it differs
  std::string series;   // of an observation: an expression that a run answers (docs/expressions.md); may be empty
  std::string summary;  // one sentence
  base::Period held;    // from its date to its end, where one was stated
  base::Date known;     // first day on which the public knew of it
  std::string source, confidence;
  int line = 0;  // in the file
};

/// A TOML file of the dataset as read, for policy/ to make something of.
struct TomlText {
  std::string file, text;
};

struct Chronicle {
  std::vector<Event> events;              // that were known, in the order of the file
  std::vector<std::string> all_events;    // ids, those known later too
  std::vector<std::string> all_products;  // ids of the dataset, those of other base years too
  std::vector<std::string> all_plants;    // ids, the same
  std::vector<TomlText> levers;           // the dataset's, then those of overlays; may be empty
  bool usual = false;                     // read for the dataset's usual base year, nothing left out
  [[nodiscard]] const Event* find(const std::string& id) const;
};

}  // namespace lodestone::world
