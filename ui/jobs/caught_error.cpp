// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/caught_error.h"

#include <exception>
#include <filesystem>
#include <new>
#include <string>

namespace embedscope::jobs {

base::Error caughtError() noexcept {
  using base::Error;
  using base::ErrorCode;
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error(ErrorCode::InvalidArgument, "There is not enough memory for this.");
  } catch (const std::filesystem::filesystem_error& error) {
    return Error(ErrorCode::FileAccess, error.code().message(), base::Place::ofFile(error.path1()));
  } catch (const std::exception& error) {
    return Error(ErrorCode::InvalidArgument,
                 std::string("This could not be done (") + error.what() + ").");
  } catch (...) {
    return Error(ErrorCode::InvalidArgument, "This could not be done, for an unknown reason.");
  }
}

}  // namespace embedscope::jobs
