/*
 * names.h - texts found by text: the references an import has looked up, the keys it has seen.
 * GPL-3.0-or-later.
 */
#ifndef CSV_NAMES_H
#define CSV_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. */
struct names {
	struct name *list; /* owned; a power of two of places */
	size_t room, count;
};

struct name {
	char *text;  /* NULL: free place */
	char *means; /* or NULL */
	int64_t line;
};

/* The entry of this text, or NULL. */
const struct name *names_find(const struct names *names, const char *text);

/* Adds a text that is not there yet. Both are copied; means may be NULL. */
void names_add(struct names *names, const char *text, const char *means, int64_t line);

void names_free(struct names *names);

#endif
