#include "lodestone/app/terminal.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace lodestone::app {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;  // the one thing a signal handler may touch

void on_interrupt(int number) {
  g_interrupted = 1;
  std::signal(number, SIG_DFL);
}

std::array<char, 1000> g_last_words;  // written before the handler is in place, only read by it
std::size_t g_last_words_size = 0;

void on_end(int number) {
  if (::write(STDERR_FILENO, g_last_words.data(), g_last_words_size) < 0) ::_exit(128 + number);
  ::_exit(128 + number);
}

void on_signals_to_end(void (*handler)(int)) {
  std::signal(SIGINT, handler);
  std::signal(SIGTERM, handler);
}

std::string painted(bool colour, const char* code, std::string_view text) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace

struct Terminal::Logger {
  spdlog::logger log;
};

Terminal::Terminal() {
  const bool wanted = std::getenv("NO_COLOR") == nullptr;
  err_terminal_ = ::isatty(STDERR_FILENO) == 1;
  const bool out_terminal = ::isatty(STDOUT_FILENO) == 1;
  out_colour_ = wanted && out_terminal;
  err_colour_ = wanted && err_terminal_;
  if (winsize size{}; out_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    width_ = size.ws_col;
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(wanted ? spdlog::color_mode::automatic
                                                                           : spdlog::color_mode::never);
  logger_ = std::make_unique<Logger>(Logger{spdlog::logger("lodestone", std::move(sink))});
  logger_->log.set_pattern("%^%l%$: %v");
  logger_->log.set_level(spdlog::level::warn);
}

Terminal::~Terminal() {
  end_progress();
}

void Terminal::print(std::string_view text) {
  end_progress();
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Terminal::say(std::string_view text) {
  end_progress();
  std::fflush(stdout);
  fmt::print(stderr, "{}\n", text);
}

void Terminal::log_level(const std::string& level) {
  logger_->log.set_level(spdlog::level::from_str(level));
}

void Terminal::info(const std::string& message) {
  logger_->log.info("{}", message);
}

void Terminal::debug(const std::string& message) {
  logger_->log.debug("{}", message);
}

std::string Terminal::bold(std::string_view text) const {
  return painted(out_colour_, "1", text);
}

std::string Terminal::faint(std::string_view text) const {
  return painted(out_colour_, "2", text);
}

std::string Terminal::red(std::string_view text) const {
  return painted(err_colour_, "1;31", text);
}

void Terminal::progress(std::string_view label, int done, int total) {
  if (!err_terminal_ || total <= 0) return;
  constexpr int kWidth = 40;
  const int filled = std::clamp(done * kWidth / total, 0, kWidth);
  fmt::print(stderr, "\r{} [{}{}] {}/{}", label, std::string(static_cast<std::size_t>(filled), '#'),
             std::string(static_cast<std::size_t>(kWidth - filled), '.'), done, total);
  std::fflush(stderr);
  progress_drawn_ = true;
}

void Terminal::progress_line(std::string_view label, int done, int total) {
  constexpr int kLines = 20;
  if (total <= 0 || done * kLines / total == twentieths_said_) return;
  twentieths_said_ = done * kLines / total;
  fmt::print(stderr, "{}: {} of {}\n", label, done, total);
}

void Terminal::end_progress() {
  if (!progress_drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  progress_drawn_ = false;
}

bool Terminal::interrupted() {
  return g_interrupted != 0;
}

Terminal::Interruptible::Interruptible() {
  g_interrupted = 0;
  on_signals_to_end(on_interrupt);
}

Terminal::Interruptible::~Interruptible() {
  on_signals_to_end(SIG_DFL);
}

void Terminal::last_words(const std::string& words) {
  g_last_words_size = words.copy(g_last_words.data(), g_last_words.size());
  on_signals_to_end(on_end);
}

}  // namespace lodestone::app
