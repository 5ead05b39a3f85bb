/*
 * embedded.h - the files of data/ that travel inside the program: migrations, reference
 * lists, the demo office. build/embedded.c is made by embed.sh. GPL-3.0-or-later.
 */
#ifndef STORE_EMBEDDED_H
#define STORE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *path; /* as in the source tree: "data/migrations/0001-office.sql" */
	const char *text; /* not NUL-terminated by the file itself, but one NUL follows end */
	const char *end;
};

/* In the order of their paths within each folder; the last has path NULL. */
extern const struct embedded_file embedded_files[];

/* The file with this path, or NULL. */
const struct embedded_file *embedded_find(const char *path);

#endif
