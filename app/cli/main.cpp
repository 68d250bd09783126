// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "core/base/error.h"
#include "core/base/parallel.h"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <thread>

namespace {

using embedscope::base::Error;
using embedscope::base::ErrorCode;
namespace cli = embedscope::cli;

std::atomic<bool> g_interrupted{false};

void onSignal(int) {
  g_interrupted.store(true);
}

/// Turns the signal flag into a stop request: a signal handler may not touch a stop source itself.
class SignalWatch {
 public:
  SignalWatch()
      : m_thread([this](const std::stop_token& done) {
          while (!done.stop_requested()) {
            if (g_interrupted.load()) {
              m_stop.request_stop();
              return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
          }
        }) {
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
  }

  std::stop_token token() const { return m_stop.get_token(); }

 private:
  std::stop_source m_stop;
  std::jthread m_thread;
};

int codeOf(const Error& error) {
  switch (error.code()) {
    case ErrorCode::InvalidArgument:
      return cli::kUsage;
    case ErrorCode::FileAccess:
      return cli::kFileAccess;
    case ErrorCode::BadData:
    case ErrorCode::NonFinite:
      break;
  }
  return cli::kBadData;
}

int run(int argc, char** argv) {
  const auto watch = std::make_unique<SignalWatch>();  // on the heap: GCC 12 warns falsely
  const bool draws = cli::standardErrorIsTerminal();
  cli::Globals globals;
  globals.context = embedscope::base::TaskContext(watch->token(), [&](double fraction) {
    if (draws && !globals.quiet) {
      cli::drawProgress(fraction);
    }
  });

  CLI::App app("Embedscope: convert, search, explain and train embedding tables.",
               "embedscope-cli");
  app.set_version_flag("--version", "embedscope-cli " EMBEDSCOPE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  int threads = 0;
  app.add_option("--threads", threads, "Threads to use; 0 means one for each core")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--quiet", globals.quiet, "No progress on standard error");
  app.parse_complete_callback([&] { embedscope::base::setThreadCount(threads); });
  cli::addInfo(app, globals);
  cli::addFormats(app, globals);
  cli::addConvert(app, globals);
  cli::addNeighbors(app, globals);
  cli::addCalculate(app, globals);
  cli::addProduct(app, globals);
  cli::addEvaluate(app, globals);
  cli::addProject(app, globals);
  cli::addCluster(app, globals);
  cli::addAdvise(app, globals);
  cli::addGenerate(app, globals);
  cli::addTrain(app, globals);
  cli::addCompare(app, globals);
  cli::addCrossover(app, globals);

  const auto finish = [&](int code, const char* message) {
    if (draws && !globals.quiet) {
      cli::clearProgress();
    }
    if (message != nullptr) {
      cli::complain(message);
    }
    return code;
  };
  try {
    app.parse(argc, argv);
    return finish(cli::kDone, nullptr);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // help or version
      return app.exit(error);
    }
    cli::complain(std::string(error.what()) + "; see embedscope-cli --help");
    return cli::kUsage;
  } catch (const Error& error) {
    return finish(codeOf(error), error.what());
  } catch (const cli::Interrupted&) {
    return finish(cli::kInterrupted, "interrupted; nothing was written");
  } catch (const std::bad_alloc&) {
    return finish(cli::kBadData, "not enough memory");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    cli::complain(error.what());
    return cli::kBadData;
  }
}
