// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

namespace embedscope::tests {

/// How a program ended, and what it wrote.
struct ProcessResult {
  int exitCode = -1;  ///< 128 + the signal when a signal ended it
  std::string out;
  std::string err;
};

/// A running program, whose output goes to files in a temporary folder. Ended and waited for in
/// the destructor.
class Process {
 public:
  /// @param arguments  the program's path first.
  explicit Process(const std::vector<std::string>& arguments) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out().c_str(), kWrite, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err().c_str(), kWrite, 0600);
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
      argv.push_back(const_cast<char*>(argument.c_str()));  // NOLINT: what posix_spawn takes
    }
    argv.push_back(nullptr);
    const int status = posix_spawn(&m_pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0) {
      throw std::runtime_error("cannot start " + arguments.front());
    }
  }

  ~Process() {
    if (m_pid > 0) {
      ::kill(m_pid, SIGKILL);
      ::waitpid(m_pid, nullptr, 0);
    }
  }

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const { ::kill(m_pid, number); }

  /// Waits for the end.
  ProcessResult wait() {
    int status = 0;
    ::waitpid(m_pid, &status, 0);
    m_pid = -1;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, fileBytes(out()), fileBytes(err())};
  }

 private:
  std::filesystem::path out() const { return m_folder / "stdout"; }

  std::filesystem::path err() const { return m_folder / "stderr"; }

  TemporaryFolder m_folder;
  pid_t m_pid = -1;
};

/// Runs a program to its end.
inline ProcessResult runProcess(const std::vector<std::string>& arguments) {
  return Process(arguments).wait();
}

#ifdef EMBEDSCOPE_CLI
/// Runs the real embedscope-cli, whose path the build gives as EMBEDSCOPE_CLI.
inline ProcessResult runCli(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), EMBEDSCOPE_CLI);
  return runProcess(arguments);
}
#endif

}  // namespace embedscope::tests
