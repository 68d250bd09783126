// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What nearly every file of ui/ includes. A longer list costs more than it saves: compilers take
// time for all of it, in every file.
#include "resources/precompiled/qt_core.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>
