// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace embedscope::cli {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void complain(std::string_view text) {
  const std::string line = "embedscope-cli: " + std::string(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void drawProgress(double fraction) {
  std::fprintf(stderr, "\r%3d %%", static_cast<int>(fraction * 100));
  std::fflush(stderr);
}

void clearProgress() {
  std::fputs("\r     \r", stderr);
  std::fflush(stderr);
}

bool standardErrorIsTerminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace embedscope::cli
