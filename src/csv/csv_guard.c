/*
 * csv_guard.c - the apostrophe before formulas and codes of digits. Texts that look guarded already
 * are guarded once more, so that opening gives back every text exactly. GPL-3.0-or-later.
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

/* True for "6120" and "2.5": what a spreadsheet takes for a number and writes back as it is. */
static bool is_plain_number(const char *text)
{
	size_t whole = strspn(text, "0123456789"), digits = whole, part;

	if (whole == 0 || (whole > 1 && text[0] == '0'))
		return false;
	if (text[whole] == '.') {
		part = strspn(text + whole + 1, "0123456789");
		if (part == 0 || text[whole + part] == '0')
			return false;
		digits += part;
		whole += part + 1;
	}
	return text[whole] == '\0' && digits <= 15;
}

/* True for "007", "1.50", "1e5" and "1,234": texts that come back from a spreadsheet as others. */
static bool is_spoilt_number(const char *text)
{
	if (!(*text >= '0' && *text <= '9') && *text != '.')
		return false;
	return text[strspn(text, "0123456789.,eE")] == '\0' && !is_plain_number(text);
}

/* ^'*[ ]*[=+-@...]: some apostrophes, some blanks, then what a spreadsheet would change. */
bool csv_guard_needed(const char *text)
{
	while (*text == '\'')
		text++;
	while (*text == ' ')
		text++;
	return starts_formula(text) || is_spoilt_number(text);
}

char *csv_guard_open(char *text)
{
	return *text == '\'' && csv_guard_needed(text) ? text + 1 : text;
}
