// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What nearly every test includes.
#include "resources/precompiled/core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
