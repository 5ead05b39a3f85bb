/*
 * csv_reader.h - rows of a CSV text, whatever program wrote it: comma, semicolon, tab or
 * bar, any line end, quoted cells with line breaks. GPL-3.0-or-later.
 */
#ifndef CSV_READER_H
#define CSV_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

enum { CSV_CELL_MOST = 1 << 20, CSV_CELLS_MOST = 1000, CSV_ROW_MOST = 8 << 20 };

struct csv_reader;

/* One row; its memory is the reader's, valid until the next row. */
struct csv_row {
	int64_t line; /* where it begins; the file's first line is 1 */
	size_t count;
	char **cells; /* each ends at a NUL and holds none; may be changed in place */
	size_t *lengths;
};

/* text is borrowed for the life of the reader. */
struct csv_reader *csv_reader_new(const char *text, size_t length);
void csv_reader_free(struct csv_reader *reader);

/*
 * To be called first: skips a byte order mark and a "sep=;" line, and settles the delimiter: the
 * one of comma, semicolon, tab and bar that splits the first row into most cells known() says yes
 * to. False with a sentence for UTF-16.
 */
bool csv_reader_start(struct csv_reader *reader, bool (*known)(const char *cell, void *context),
	void *context, struct error *err);

char csv_reader_delimiter(const struct csv_reader *reader);

/*
 * The next row; blank lines are none. False at the end and after a failure: a quotation mark in
 * the wrong place or never closed, a NUL, a cell over 1 MiB. csv_reader_failed tells them apart.
 */
bool csv_reader_next(struct csv_reader *reader, struct csv_row *row);
bool csv_reader_failed(const struct csv_reader *reader, struct error *err);

/* The line that a failure is about, or of what is read next. */
int64_t csv_reader_line(const struct csv_reader *reader);

#endif
