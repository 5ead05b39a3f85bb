/*
 * buffer.h - bytes that grow: text under construction, CSV rows, SQL from field tables.
 * GPL-3.0-or-later.
 */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

/* Starts as {0}. data ends at a NUL that length does not count, once anything was added. */
struct buffer {
	char *data; /* owned; NULL while nothing was ever added */
	size_t length;
	size_t capacity;
};

void buffer_add(struct buffer *buffer, const char *text);
void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buffer_format_list(struct buffer *buffer, const char *format, va_list arguments);

/* The text so far; "" when empty. Borrowed, valid until the next change. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the text over (caller frees; never NULL) and leaves the buffer empty. */
char *buffer_take(struct buffer *buffer);

void buffer_clear(struct buffer *buffer); /* empties, keeps the memory */
void buffer_free(struct buffer *buffer);  /* frees and empties */

#endif
