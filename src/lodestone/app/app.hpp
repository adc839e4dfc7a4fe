// The program: reads the command line, runs one command, returns its exit code.
#pragma once

namespace lodestone::app {

inline constexpr int kOk = 0;             // the answer was given
inline constexpr int kFailed = 1;         // a run failed: a month missed its certificate, a disk was full
inline constexpr int kWrongInput = 2;     // the input must be changed
inline constexpr int kInterrupted = 130;  // Ctrl-C; what was done is kept

int run(int argc, const char* const* argv);

}  // namespace lodestone::app
