/*
 * csv_guard.c - the apostrophe before formulas. Texts that look guarded already are guarded once
 * more, so that opening gives back every text exactly. GPL-3.0-or-later.
 */
#include "csv/csv_guard.h"

#include <string.h>

/* True for "=", "+", "-", "@" and their full-width forms, tab and line breaks. */
static bool starts_formula(const char *text)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};

	if (*text != '\0' && strchr("=+-@\t\r\n", (unsigned char)*text) != NULL)
		return true;
	for (int i = 0; i < 4 && *text == '\xef'; i++) {
		if (strncmp(text, wide[i], 3) == 0)
			return true;
	}
	return false;
}

/* ^'*[ ]*[=+-@...]: some apostrophes, some blanks, then what starts a formula. */
bool csv_guard_needed(const char *text)
{
	while (*text == '\'')
		text++;
	while (*text == ' ')
		text++;
	return starts_formula(text);
}

char *csv_guard_open(char *text)
{
	return *text == '\'' && csv_guard_needed(text) ? text + 1 : text;
}
