/*
 * chart.c - bars and sparklines out of characters. GPL-3.0-or-later.
 */
#include "tui/chart.h"

#include <limits.h>
#include <string.h>

#include "core/text.h"
#include "tui/wrap.h"

enum { LETTERS_LEAST = 3 }; /* of an abbreviated word */

/* part / whole x cells without overflow; both at least 0. */
static int64_t share(int64_t part, int64_t whole, int64_t cells)
{
	return (int64_t)((__int128)part * cells / whole);
}

static int bar_filled(int64_t part, int64_t whole, int cells)
{
	int filled;

	if (part <= 0 || cells <= 0)
		return 0;
	if (part >= whole)
		return cells;
	filled = (int)share(part, whole, cells);
	if (filled == 0)
		return 1;
	return filled;
}

void chart_bar(struct buffer *out, int64_t part, int64_t whole, int cells, bool utf8)
{
	int filled = bar_filled(part, whole, cells);

	for (int i = 0; i < cells; i++)
		if (i < filled)
			buffer_add(out, utf8 ? "■" : "#");
		else
			buffer_add(out, utf8 ? "□" : ".");
}

int chart_percent(int64_t part, int64_t whole)
{
	__int128 percent;

	if (whole <= 0)
		return 0;
	percent = (__int128)part * 100 / whole;
	/* Toward the lower, below 0 too. */
	if (part < 0 && (__int128)part * 100 % whole != 0)
		percent--;
	return percent > INT_MAX ? INT_MAX : percent < INT_MIN ? INT_MIN : (int)percent;
}

void chart_spark(struct buffer *out, const int64_t *values, size_t count, bool utf8)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const letters[] = {" ", ".", ":", "-", "=", "+", "*", "#"};
	const char *const *steps = utf8 ? blocks : letters;
	int64_t low = 0;
	int64_t high = 0;

	for (size_t i = 0; i < count; i++) {
		if (values[i] == CHART_GAP)
			continue;
		low = values[i] < low ? values[i] : low;
		high = values[i] > high ? values[i] : high;
	}
	for (size_t i = 0; i < count; i++) {
		__int128 height = (__int128)values[i] - low;
		__int128 range = (__int128)high - low;

		if (values[i] == CHART_GAP)
			buffer_add(out, " ");
		else
			buffer_add(out, steps[range == 0 ? 0 : (int)(height * 7 / range)]);
	}
}

/* The longest word of a text, in bytes; the first of several. */
static size_t longest_word(const char *text, size_t *length)
{
	size_t found = 0, at = 0;

	*length = 0;
	while (text[at] != '\0') {
		size_t word = strcspn(text + at, " ");

		if (word > *length) {
			*length = word;
			found = at;
		}
		at += word;
		at += strspn(text + at, " ");
	}
	return found;
}

void name_abbreviate(struct buffer *out, const char *name, int width)
{
	size_t length, start = longest_word(name, &length);
	size_t end = start;
	/* The word's cells that stay: all but the excess, and one for the full stop. */
	int keep = unit_cells(name, start, start + length) - (text_width(name) - width) - 1;

	if (text_width(name) <= width || keep < LETTERS_LEAST) {
		buffer_add(out, name);
		return;
	}
	while (unit_cells(name, start, unit_end(name, start + length, end)) <= keep)
		end = unit_end(name, start + length, end);
	buffer_add_bytes(out, name, end);
	buffer_add_char(out, '.');
	buffer_add(out, name + start + length);
}

int draw_bar(struct area *area, int row, int column, int cells, int64_t part, int64_t whole)
{
	enum role role = part > whole ? ROLE_WARNING : ROLE_PLAIN;
	struct buffer bar = {0};
	int used;

	chart_bar(&bar, part, whole, cells, draw_utf8());
	used = draw_text(area, row, column, cells, role, buffer_text(&bar));
	buffer_free(&bar);
	if (whole > 0)
		used += draw_format(
			area, row, column + used, 6, role, "%4d %%", chart_percent(part, whole));
	return used;
}

int draw_spark(
	struct area *area, int row, int column, int width, const int64_t *values, size_t count)
{
	struct buffer line = {0};
	size_t shown = width < 0 ? 0 : (size_t)width < count ? (size_t)width : count;
	int used;

	chart_spark(&line, values + (count - shown), shown, draw_utf8());
	used = draw_text(area, row, column, width, ROLE_PLAIN, buffer_text(&line));
	buffer_free(&line);
	return used;
}
