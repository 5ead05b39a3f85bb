/*
 * text.h - UTF-8 as people type it and as a terminal can bear it. GPL-3.0-or-later.
 *
 * Data is kept as valid UTF-8 without control, format and bidi characters. What comes from
 * outside is checked with text_check; what goes to a terminal passes text_cells or text_print.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "core/buffer.h"
#include "core/error.h"

/*
 * Reads one character from at most length bytes. Returns the bytes used (1 to 4), or 0 for an
 * invalid or cut sequence (overlong forms, surrogates and beyond U+10FFFF included).
 */
size_t text_decode(const char *text, size_t length, uint32_t *codepoint);

/* Writes codepoint as UTF-8 into out[5], NUL-terminated; returns 1 to 4. */
size_t text_encode(uint32_t codepoint, char out[5]);

/* False for C0, DEL, C1, bidi controls, zero-width and format characters, nonchars, fillers. */
bool text_allowed(uint32_t codepoint);

/*
 * Checks text from outside: valid UTF-8, no NUL, only allowed characters; newlines (and tabs,
 * which the caller makes blanks) only where lines is true; a carriage return is refused. The
 * sentence in err names the character and its place.
 */
bool text_check(const char *text, size_t length, bool lines, struct error *err);

/* Cells a valid text takes (wcwidth of its characters; unprintable ones count 1). */
int text_width(const char *text);

/* Characters (codepoints) in a valid text. */
size_t text_length(const char *text);

/*
 * Makes any bytes fit for a terminal: at most width cells of wide characters, "…" (or ">" when
 * utf8 is false) where something was cut, pictures for controls, U+FFFD for what is forbidden or
 * invalid, '?' for what a non-UTF-8 terminal cannot show, at most four marks on a base, and no
 * mark in the first cell; variation selectors are left out. out holds capacity wide characters,
 * NUL included. Returns the cells used, never more than width. The data itself is never changed.
 */
int text_cells(
	const char *text, size_t length, int width, bool utf8, wchar_t *out, size_t capacity);

/* The same for one line of plain output: appends safe UTF-8 in any locale, uncut. */
void text_print(struct buffer *out, const char *text);

/*
 * The text as a sentence can carry it: one line, safe, at most so many characters of it, "…" where
 * more was cut. Caller frees.
 */
char *text_quote(const char *text, int characters);

/*
 * Compares by bytes, ASCII letters without case, in any locale: header names, choices, palette.
 * text_same is text_compare giving 0.
 */
int text_compare(const char *left, const char *right);
bool text_same(const char *left, const char *right);
bool text_starts(const char *text, const char *start); /* without ASCII case */

/* Removes blanks, tabs, line breaks and no-break spaces at both ends in place; returns text. */
char *text_trim(char *text);

/*
 * Fuzzy match for the palette: every character of pattern in order in text, without ASCII
 * case. Returns a score, higher is better (word starts and runs score), or -1 for no match.
 */
int text_fuzzy(const char *pattern, const char *text);

#endif
