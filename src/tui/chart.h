/*
 * chart.h - small pictures of figures in one line: a bar of a ratio, a sparkline.
 * GPL-3.0-or-later.
 *
 * They only repeat what stands beside them in figures. Values are any unit, such as cents.
 */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "tui/draw.h"

/* A value that is not there: a gap in a sparkline. */
#define CHART_GAP INT64_MIN

/*
 * Appends a bar of cells characters: "■■■■□□", or "###..." where utf8 is false. Something above
 * nothing fills at least one cell, less than everything leaves at least one open; part above
 * whole (or a whole of nothing) fills all of it.
 */
void chart_bar(struct buffer *out, int64_t part, int64_t whole, int cells, bool utf8);

/* part of whole in percent, rounded down: 88, 108; 0 where whole is not above 0. */
int chart_percent(int64_t part, int64_t whole);

/* Appends one character per value, from the lowest (or 0) to the highest: "▁▂▃█" or " .:#". */
void chart_spark(struct buffer *out, const int64_t *values, size_t count, bool utf8);

/*
 * Appends the name of a bar or row so that it reads in width cells: as it is where it fits, else
 * with its longest word abbreviated ("Profess. fees"), where at least three letters of it are
 * left. Otherwise as it is: whoever draws it cuts it.
 */
void name_abbreviate(struct buffer *out, const char *name, int width);

/*
 * Draws a bar and its percentage, "■■■■■■□□□□  63 %", with a bar of cells. Above 100 % in
 * ROLE_WARNING. Returns the cells used.
 */
int draw_bar(struct area *area, int row, int column, int cells, int64_t part, int64_t whole);

/* Draws a sparkline in at most width cells, the last values when there are more. */
int draw_spark(
	struct area *area, int row, int column, int width, const int64_t *values, size_t count);

#endif
