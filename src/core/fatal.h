/*
 * fatal.h - the end of the program after a bug or without memory. GPL-3.0-or-later.
 */
#ifndef CORE_FATAL_H
#define CORE_FATAL_H

#include <stdbool.h>
#include <stddef.h>

/* Called once, before the message is printed; the screen puts the terminal back here. */
void fatal_before(void (*restore)(void));

/*
 * Called once before that, and also by the handler of a signal that a bug raises: keeps what was
 * being typed. Nothing in it may need memory, locks or the state of the program to be right.
 */
void fatal_keep(void (*keep)(void));

/* Runs what fatal_keep was given, the first time; true when there was something to run. */
bool fatal_keep_now(void);

/* Keeps what was typed, restores the terminal, prints "mso: ..." to standard error and aborts. */
_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* malloc, realloc, strdup and strndup that end in fatal() rather than NULL; caller frees. */
void *memory_new(size_t size); /* zeroed */
void *memory_resize(void *memory, size_t size);
char *memory_text(const char *text); /* NULL gives NULL */
char *memory_text_part(const char *text, size_t length);

/* Frees what is in place and puts a copy of text there, which may be part of it; NULL is allowed.
 */
void memory_replace(char **place, const char *text);

#endif
