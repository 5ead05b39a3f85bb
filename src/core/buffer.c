/*
 * buffer.c - bytes that grow; the capacity doubles, so adding stays cheap.
 * GPL-3.0-or-later.
 */
#include "core/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

enum { FIRST_CAPACITY = 64 };

/* Makes room for more bytes and the NUL behind them. */
static void make_room(struct buffer *buffer, size_t more)
{
	size_t wanted;

	if (more >= SIZE_MAX - buffer->length)
		fatal("a text of %zu and %zu bytes does not fit in memory", buffer->length, more);
	wanted = buffer->length + more + 1;
	if (wanted <= buffer->capacity)
		return;
	if (wanted < FIRST_CAPACITY)
		wanted = FIRST_CAPACITY;
	if (buffer->capacity <= SIZE_MAX / 2 && wanted < buffer->capacity * 2)
		wanted = buffer->capacity * 2;
	buffer->data = memory_resize(buffer->data, wanted);
	buffer->capacity = wanted;
}

void buffer_add(struct buffer *buffer, const char *text)
{
	buffer_add_bytes(buffer, text, strlen(text));
}

void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t length)
{
	make_room(buffer, length);
	/* Not for nothing: memcpy from NULL is undefined even for 0 bytes. */
	if (length > 0)
		memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_add_char(struct buffer *buffer, char c)
{
	buffer_add_bytes(buffer, &c, 1);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_format_list(buffer, format, arguments);
	va_end(arguments);
}

__attribute__((format(printf, 2, 0))) void buffer_format_list(
	struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	if (length < 0)
		fatal("cannot format \"%s\"", format);
	make_room(buffer, (size_t)length);
	vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	va_end(again);
	buffer->length += (size_t)length;
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->data != NULL ? buffer->data : "";
}

char *buffer_take(struct buffer *buffer)
{
	char *text = buffer->data != NULL ? buffer->data : memory_text("");

	*buffer = (struct buffer){0};
	return text;
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
	if (buffer == NULL)
		return;
	free(buffer->data);
	*buffer = (struct buffer){0};
}
