/*
 * audit_line.h - the lines "column=SQL literal" in which the audit keeps what a row was and became.
 * GPL-3.0-or-later.
 */
#ifndef STORE_AUDIT_LINE_H
#define STORE_AUDIT_LINE_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of a text that is not this one's. */
struct audit_part {
	const char *text;
	size_t length;
};

/*
 * The next of the lines, which moves on past it; false at their end. The literal is as SQL writes
 * it: NULL, a number, or a text in quotes, which may hold line ends itself.
 */
bool audit_line(const char **lines, struct audit_part *column, struct audit_part *literal);

/* How long the literal is that the text begins with. */
size_t audit_literal_length(const char *text);

bool audit_part_same(struct audit_part left, struct audit_part right);

#endif
