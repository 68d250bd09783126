// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// CSV: a header "label,0,1,…", then one row a line; labels quoted as RFC 4180 asks.
///
/// Written so, it holds every label (blanks, commas, quotes, line ends) and every bit of every
/// number. Read with a comma, semicolon, tab or bar between the fields, with or without a header,
/// with points or (but for commas between the fields) decimal commas: see csv_columns.h for which
/// columns are the label, the numbers and metadata. Refused: a row with more or fewer fields, a
/// number that is none, a quote that is never closed.
extern const Format kCsvFormat;

/// The same with tabs: what spreadsheets and pandas call TSV. Other than the projector's TSV it has
/// its labels in the first column, and a header.
extern const Format kTsvFormat;

/// True when delimited text is a table of vectors beyond doubt: the header counts the dimensions,
/// or there is one column of labels that hardly repeat, the first one or one that is called so, and
/// the others are numbers.
bool looksLikeDelimitedVectors(const Source& source, FormatId format);

/// True when the header counts the dimensions, as in "label,0,1,2": no table of data does that.
bool headerCountsDimensions(const Source& source, FormatId format);

}  // namespace embedscope::formats
