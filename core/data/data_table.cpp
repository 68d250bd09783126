// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_table.h"
