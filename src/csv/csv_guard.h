/*
 * csv_guard.h - texts that a spreadsheet would run as a formula, or read as a number or a date and
 * write differently, carry an apostrophe in a CSV file, and lose it again on the way back.
 * GPL-3.0-or-later.
 */
#ifndef CSV_GUARD_H
#define CSV_GUARD_H

#include <stdbool.h>

/* True when the text must be written with an apostrophe before it. */
bool csv_guard_needed(const char *text);

/* The text without the apostrophe that csv_guard_needed asked for: text itself or text + 1. */
char *csv_guard_open(char *text);

#endif
