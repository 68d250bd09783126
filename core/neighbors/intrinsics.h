// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The vector instructions of x86-64, where there are any, for kernels alone.

#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
// GCC's own header leaves registers undefined on purpose and then warns of it (GCC bug 105593),
// also in the functions that it is inlined into.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif
