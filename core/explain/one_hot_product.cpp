// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/one_hot_product.h"
