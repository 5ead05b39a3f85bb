/*
 * minutes.h - the minutes of a meeting as text, made from what was recorded. GPL-3.0-or-later.
 */
#ifndef REPORT_MINUTES_H
#define REPORT_MINUTES_H

#include "office/meetings.h"

/* Appends the minutes in lines of at most columns cells. */
void minutes_print(const struct meeting *meeting, int columns, struct buffer *out);

/* Writes them to a new file; false with a sentence when it is there already or cannot be made. */
bool minutes_write(
	struct store *store, const struct meeting *meeting, const char *path, struct error *err);

#endif
