/*
 * bytes.h - all of some bytes, to files that are open. GPL-3.0-or-later.
 */
#ifndef STORE_BYTES_H
#define STORE_BYTES_H

#include <stddef.h>

/* Writes all of them, however often it takes; the errno of what went wrong, or 0. */
int bytes_write(int file, const char *bytes, size_t length);

/* Copies what is left to read; the errno of what went wrong, or 0. */
int bytes_copy(int from, int to);

#endif
