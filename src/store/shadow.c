/*
 * shadow.c - finds a WITH that takes the name of a view or a trigger. SQLite tells the authorizer
 * only by name within what a column is read, so such a WITH would read what the view leaves out.
 * GPL-3.0-or-later.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "store/private.h"

static bool is_word(char letter)
{
	return isalnum((unsigned char)letter) || letter == '_' || letter == '$' ||
	       (unsigned char)letter >= 0x80;
}

/* Past blanks and comments. */
static const char *skip_blanks(const char *at)
{
	for (;;) {
		const char *end;

		at += strspn(at, " \t\n\r\f");
		if (strncmp(at, "--", 2) == 0) {
			at += strcspn(at, "\n");
		} else if (strncmp(at, "/*", 2) == 0) {
			end = strstr(at + 2, "*/");
			at = end != NULL ? end + 2 : at + strlen(at);
		} else {
			return at;
		}
	}
}

/* Past one word, quoted text or sign; what is within quotes goes to *inner and *length. */
static const char *skip_token(const char *at, const char **inner, size_t *length)
{
	char close = *at == '[' ? ']' : *at;
	const char *end = at + 1;

	*inner = at;
	if (is_word(*at)) {
		while (is_word(*end))
			end++;
		*length = (size_t)(end - at);
		return end;
	}
	*length = 1;
	if (strchr("'\"`[", *at) == NULL)
		return end;
	while (*end != '\0' && (*end != close || (close != ']' && end[1] == close)))
		end += *end == close ? 2 : 1;
	*inner = at + 1;
	*length = (size_t)(end - *inner);
	return *end == '\0' ? end : end + 1;
}

/* Past the keyword, or NULL where another word stands. */
static const char *skip_keyword(const char *at, const char *keyword)
{
	size_t length = strlen(keyword);

	at = skip_blanks(at);
	return strncasecmp(at, keyword, length) == 0 && !is_word(at[length]) ? at + length : NULL;
}

/* Past a list in brackets, where one begins. */
static const char *skip_columns(const char *at)
{
	const char *inner;
	size_t length;

	at = skip_blanks(at);
	if (*at != '(')
		return at;
	while (*at != '\0' && *at != ')')
		at = skip_blanks(skip_token(at, &inner, &length));
	return *at == ')' ? at + 1 : at;
}

/* Is what follows a name "[(columns)] AS [[NOT] MATERIALIZED] ("? */
static bool begins_with(const char *at)
{
	const char *next = skip_keyword(skip_columns(at), "AS");

	if (next == NULL)
		return false;
	at = next;
	if ((next = skip_keyword(at, "NOT")) != NULL)
		at = next;
	if ((next = skip_keyword(at, "MATERIALIZED")) != NULL)
		at = next;
	return *skip_blanks(at) == '(';
}

/* SQLite takes names in capitals for the same. */
static bool is_one_of(const char *name, size_t length, const struct name_list *names)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strlen(names->names[i]) == length &&
			strncasecmp(names->names[i], name, length) == 0)
			return true;
	}
	return false;
}

bool shadow_found(const char *sql, const struct name_list *names)
{
	const char *inner;
	size_t length;

	if (strcasestr(sql, "with") == NULL)
		return false;
	for (const char *at = skip_blanks(sql); *at != '\0'; at = skip_blanks(at)) {
		at = skip_token(at, &inner, &length);
		if (begins_with(at) && is_one_of(inner, length, names))
			return true;
	}
	return false;
}
