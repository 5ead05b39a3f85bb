/*
 * types.h - what the files of field types share; only they include it. GPL-3.0-or-later.
 */
#ifndef OFFICE_TYPES_H
#define OFFICE_TYPES_H

#include "office/field.h"

/* Appends the text of a text value as it is. */
void type_format_text(const struct field *field, const struct value *value, struct buffer *out);

/* Gives the value this text, or NULL when it is empty. Always true. */
bool type_take_text(struct value *value, const char *text);

/* True when the text is not longer than the field (or else most) allows. */
bool type_fits(const struct field *field, const char *text, int64_t most, struct error *err);

/* The word of the list (ends with NULL) that text means: itself or the start of just one. */
const char *type_choose(const char *const *choices, const char *text, struct error *err);

/* How many ASCII digits the text holds; the first capacity of them go to out, NUL-terminated. */
int type_digits(const char *text, char *out, int capacity);

/* True when the text has only ASCII digits and the characters of others. */
bool type_only_digits_and(const char *text, const char *others);

#endif
