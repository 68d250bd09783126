// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What nearly every file of app/cli includes.
#include "resources/precompiled/core.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
