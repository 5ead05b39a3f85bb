/*
 * error.c - sentences for the person at the terminal, filled by whoever refuses.
 * GPL-3.0-or-later.
 */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

/* Drops the start of a character that the end of the room has cut. */
static void drop_cut_character(char *text)
{
	size_t length = strlen(text);
	size_t start = length;
	uint32_t codepoint;

	while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)text[start - 1] >= 0xc0)
		start--;
	if (start < length && text_decode(text + start, length - start, &codepoint) == 0)
		text[start] = '\0';
}

__attribute__((format(printf, 3, 0))) static void fill(
	struct error *err, const char *field, const char *format, va_list arguments)
{
	/* A caller may wrap err's own text or field in a new sentence, so err changes last. */
	struct error fresh = {0};
	int length = vsnprintf(fresh.text, sizeof fresh.text, format, arguments);

	if (length < 0)
		snprintf(fresh.text, sizeof fresh.text, "%s", format);
	if (length < 0 || (size_t)length >= sizeof fresh.text)
		drop_cut_character(fresh.text);
	if ((size_t)snprintf(fresh.field, sizeof fresh.field, "%s", field) >= sizeof fresh.field)
		drop_cut_character(fresh.field);
	*err = fresh;
}

void error_clear(struct error *err)
{
	if (err != NULL)
		*err = (struct error){0};
}

bool error_set(struct error *err, const char *format, ...)
{
	va_list arguments;

	if (err == NULL)
		return false;
	va_start(arguments, format);
	fill(err, "", format, arguments);
	va_end(arguments);
	return false;
}

bool error_field(struct error *err, const char *field, const char *format, ...)
{
	va_list arguments;

	if (err == NULL)
		return false;
	va_start(arguments, format);
	fill(err, field, format, arguments);
	va_end(arguments);
	return false;
}
