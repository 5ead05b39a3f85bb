/*
 * csv_guard.c - the apostrophe before formulas and codes of digits. Texts that look guarded already
 * are guarded once more, so that opening gives back every text exactly. GPL-3.0-or-later.
 */
#include "csv/csv_guard.h"

#include <ctype.h>
#include <string.h>

#include "core/date.h"
#include "core/text.h"

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

/* True for a month, whole or short, and for "am" and "pm". */
static bool is_time_word(const char *word, size_t length)
{
	char text[10];

	if (length >= sizeof text)
		return false;
	memcpy(text, word, length);
	text[length] = '\0';
	return month_named(text) > 0 || text_same(text, "am") || text_same(text, "pm");
}

/* True for "1/2" and "2026-01", whose figures may be a date; not for "555-010-2233". */
static bool are_date_figures(const char *text)
{
	size_t digits;

	for (; *text != '\0'; text += digits > 0 ? digits : 1) {
		digits = strspn(text, "0123456789");
		if (digits == 3 || digits > 4)
			return false;
	}
	return true;
}

/*
 * True for what a spreadsheet reads as a date, a time, money, a share or a truth and writes in a
 * form of its own: "1/2", "Mar 5", "5 pm", "12:30", "$5", "(5)", "50%", "true".
 */
static bool is_read_otherwise(const char *text)
{
	static const char figures[] = "0123456789 .,:/-%$()";
	const char *word = text + strspn(text, figures);
	size_t length = 0;

	while (isalpha((unsigned char)word[length]))
		length++;
	if (word[length + strspn(word + length, figures)] != '\0')
		return false;
	if (strpbrk(text, "0123456789") == NULL)
		return text_same(text, "true") || text_same(text, "false");
	if (length > 0)
		return is_time_word(word, length);
	if (strpbrk(text, "/-") != NULL)
		return are_date_figures(text);
	return strpbrk(text, ":%$") != NULL || (*text == '(' && text[strlen(text) - 1] == ')');
}

/* ^'*[ ]*[=+-@...]: some apostrophes, some blanks, then what a spreadsheet would change. */
bool csv_guard_needed(const char *text)
{
	while (*text == '\'')
		text++;
	while (*text == ' ')
		text++;
	return starts_formula(text) || is_spoilt_number(text) || is_read_otherwise(text);
}

char *csv_guard_open(char *text)
{
	return *text == '\'' && csv_guard_needed(text) ? text + 1 : text;
}
