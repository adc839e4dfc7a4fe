// The terminal: answers to standard output, everything else to standard error; colour and progress only for people.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lodestone::app {

class Terminal {
 public:
  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// To standard output, as it is.
  void print(std::string_view text);
  /// A line to standard error.
  void say(std::string_view text);
  void log_level(const std::string& level);  // "off", "error", "warn", "info", "debug"
  void info(const std::string& message);
  void debug(const std::string& message);

  [[nodiscard]] std::string bold(std::string_view text) const;
  [[nodiscard]] std::string faint(std::string_view text) const;
  [[nodiscard]] std::string red(std::string_view text) const;  // for standard error
  [[nodiscard]] int width() const { return width_; }           // columns of standard output

  /// Draws "label [#####.....] 12/36" on one line of standard error, when that is a terminal.
  void progress(std::string_view label, int done, int total);
  /// The same for a log, in whole lines: one each time another twentieth is done.
  void progress_line(std::string_view label, int done, int total);
  void end_progress();

  /// True once Ctrl-C was pressed or the program was asked to end (SIGTERM); a second time ends it at once.
  static bool interrupted();
  /// From now on a signal to end is obeyed at once, after these words on standard error.
  static void last_words(const std::string& words);
  /// Turns the first signal to end into interrupted() while it lives.
  class Interruptible {
   public:
    Interruptible();
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
  };

 private:
  struct Logger;
  std::unique_ptr<Logger> logger_;
  bool out_colour_ = false, err_colour_ = false, err_terminal_ = false;
  bool progress_drawn_ = false;
  int twentieths_said_ = -1;
  int width_ = 100;
};

}  // namespace lodestone::app
