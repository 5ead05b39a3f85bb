/*
 * columns.h - what the first row of a CSV file means: field keys, labels or aliases in any case,
 * the version, and what an import leaves alone. GPL-3.0-or-later.
 */
#ifndef CSV_COLUMNS_H
#define CSV_COLUMNS_H

#include "csv/csv_reader.h"
#include "office/record.h"

#define COLUMN_VERSION "version"       /* last column of every export */
#define COLUMN_ERROR_LINE "error line" /* added to a file of errors, ignored by imports */
#define COLUMN_ERROR_COLUMN "error column"
#define COLUMN_ERROR_REASON "error reason"

enum column_use { USE_FIELD, USE_VERSION, USE_NOTHING, USE_UNNAMED };

struct column {
	enum column_use use;
	int field;     /* USE_FIELD: its index */
	char *heading; /* as the file has it; owned */
};

struct columns {
	struct column *list; /* owned */
	int count;
	int *of_field; /* column of each field, or -1; owned */
	int version;   /* column, or -1 */
};

/* True when the actor may see the field. */
bool column_is_open(struct store *store, const struct field *field);

/* What a heading means for the type. */
struct column column_of(const struct record_type *type, const char *heading);

/* For csv_reader_start: context is the record type. */
bool column_is_known(const char *heading, void *type);

/*
 * Reads the row of headings. False with a sentence that names what is unknown, doubled, private,
 * or missing where every row is a new record.
 */
bool columns_read(struct store *store, const struct record_type *type, const struct csv_row *row,
	struct columns *columns, struct error *err);
void columns_free(struct columns *columns);

/* Appends the names of the columns that a new record needs and the file lacks, with commas. */
void columns_missing(
	const struct record_type *type, const struct columns *columns, struct buffer *out);

#endif
