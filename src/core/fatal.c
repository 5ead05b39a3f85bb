/*
 * fatal.c - the last words of the program, and memory that cannot fail.
 * GPL-3.0-or-later.
 */
#include "core/fatal.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static void (*restore_terminal)(void);
static void (*keep_typed)(void);

void fatal_before(void (*restore)(void))
{
	restore_terminal = restore;
}

void fatal_keep(void (*keep)(void))
{
	keep_typed = keep;
}

bool fatal_keep_now(void)
{
	void (*keep)(void) = keep_typed;

	keep_typed = NULL;
	if (keep != NULL)
		keep();
	return keep != NULL;
}

/* The message may quote data, and the terminal must survive it; memory may be used up. */
static void print_safely(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t codepoint;
		size_t used = text_decode(text, left, &codepoint);

		if (used > 0 && text_allowed(codepoint)) {
			fwrite(text, 1, used, stderr);
		} else {
			fputc('?', stderr);
			used = 1;
		}
		text += used;
		left -= used;
	}
}

void fatal(const char *format, ...)
{
	void (*restore)(void) = restore_terminal;
	char message[1024] = "";
	va_list arguments;

	/* Formatted first: the arguments may live in what restore() frees. */
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);

	fatal_keep_now();
	/* Forgotten first: a bug inside restore() must not call it again. */
	restore_terminal = NULL;
	if (restore != NULL)
		restore();
	fputs("mso: ", stderr);
	print_safely(message);
	fputc('\n', stderr);
	abort();
}

void *memory_new(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);

	if (memory == NULL)
		fatal("out of memory (%zu bytes wanted)", size);
	return memory;
}

void *memory_resize(void *memory, size_t size)
{
	/* Never 0: realloc(memory, 0) may free it and return NULL. */
	void *resized = realloc(memory, size > 0 ? size : 1);

	if (resized == NULL)
		fatal("out of memory (%zu bytes wanted)", size);
	return resized;
}

char *memory_text(const char *text)
{
	return text == NULL ? NULL : memory_text_part(text, strlen(text));
}

void memory_replace(char **place, const char *text)
{
	char *copy = memory_text(text);

	free(*place);
	*place = copy;
}

char *memory_text_part(const char *text, size_t length)
{
	char *part;

	if (text == NULL)
		return NULL;
	part = strndup(text, length);
	if (part == NULL)
		fatal("out of memory (%zu bytes of text wanted)", length);
	return part;
}
