// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What nearly every test of ui/ includes.
#include "resources/precompiled/widgets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QApplication>
