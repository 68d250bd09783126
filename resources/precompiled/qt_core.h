// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What nearly every file of ui/jobs includes.
#include "resources/precompiled/core.h"

#include <QObject>
#include <QString>
#include <QTimer>
