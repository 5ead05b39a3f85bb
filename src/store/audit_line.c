/*
 * audit_line.c - takes the audit's lines apart. GPL-3.0-or-later.
 */
#include "store/audit_line.h"

#include <string.h>

size_t audit_literal_length(const char *text)
{
	const char *at = text;

	if (*at != '\'')
		return strcspn(text, "\n");
	for (at++; *at != '\0' && (*at != '\'' || at[1] == '\''); at++)
		at += *at == '\'';
	return (size_t)(at - text) + (*at == '\'');
}

bool audit_line(const char **lines, struct audit_part *column, struct audit_part *literal)
{
	const char *at = *lines;

	if (*at == '\0')
		return false;
	*column = (struct audit_part){at, strcspn(at, "=\n")};
	at += column->length + (at[column->length] == '=');
	*literal = (struct audit_part){at, audit_literal_length(at)};
	at += literal->length;
	*lines = at + (*at == '\n');
	return true;
}

bool audit_part_same(struct audit_part left, struct audit_part right)
{
	return left.length == right.length && memcmp(left.text, right.text, left.length) == 0;
}
