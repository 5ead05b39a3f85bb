/*
 * error.h - what went wrong, in words for the person at the terminal.
 *
 * A user's error is a return value (false) and one of these, filled by the function that
 * refused. A bug is fatal() instead. GPL-3.0-or-later.
 */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include <stdbool.h>

struct error {
	char code[32];  /* stable short code such as "over-limit"; "" when there is none */
	char field[48]; /* key of the field it belongs to; "" for the whole record */
	char text[640]; /* one to three sentences: what happened, why, what to do */
};

/* Empties err. NULL is allowed. */
void error_clear(struct error *err);

/*
 * Fills err->text (cut to fit at a character, never inside one) and empties code and field.
 * err may be NULL. Always returns false, so a function can end in "return error_set(...)".
 */
bool error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As error_set, and names the field. */
bool error_field(struct error *err, const char *field, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
