/*
 * import_parts.h - what the files of an import share; only they include it. GPL-3.0-or-later.
 */
#ifndef CSV_IMPORT_PARTS_H
#define CSV_IMPORT_PARTS_H

#include <sys/stat.h>

#include "csv/columns.h"
#include "csv/csv_reader.h"
#include "csv/import.h"
#include "csv/names.h"

/* A row that is wrong, for the file of errors. */
struct import_wrong {
	int64_t line;
	size_t columns, reason; /* where they begin in the buffers; each ends at a NUL */
};

struct import_file {
	const char *text;
	size_t length;
	char *owned;        /* text, when it was read here */
	struct stat source; /* the file that it was read from */
	struct columns columns;
	struct import_wrong *wrong; /* in the order of lines */
	size_t wrong_count, wrong_room;
	struct buffer wrong_columns, reasons;
	int kept_wrong, kept_done;
	/* Of each row: the version of its record when the plan was made of it, 0 for none. */
	int64_t *versions;
	size_t versions_room;
	bool checked; /* they are all there */
};

/* One passage through the file, in a transaction. */
struct import_run {
	struct store *store;
	struct import_plan *plan;
	const struct record_type *type;
	const struct columns *columns;
	bool commits; /* for real: keys of new records are final */
	struct csv_reader *reader;
	struct csv_row row;           /* the row being done */
	bool row_wrong;               /* something is wrong with it */
	const struct record *changed; /* the record that is there already, or NULL */
	bool row_since;               /* it is another one than the plan was made of */
	struct record *blank;         /* a new record with its defaults */
	struct record *fresh;         /* the new record of this row */
	struct names references;      /* "FIELD TEXT" to key */
	struct names seen;            /* keys of rows done, with their lines */
	struct import_insert *insert;
	bool stopped; /* nothing more can be done: err says why */
	struct error failure;
	struct buffer scratch;
};

/* import_file.c */
bool import_read_file(struct store *store, const char *path, char **text, size_t *length,
	struct stat *source, struct error *err);
/* import_encoding.c: false with a sentence when the text is in another encoding than UTF-8. */
bool import_check_encoding(const struct import_plan *plan, struct error *err);
/* A reader whose next row is the first below the headings. NULL with a sentence. */
struct csv_reader *import_reader(
	const struct import_plan *plan, struct csv_row *headings, struct error *err);

bool import_is_blank(struct csv_row *row);

/* import_row.c: does one row. */
void import_row(struct import_run *run);

/* import_cell.c: the line breaks within a cell as LF, in place. */
void import_plain_lines(char *text);
/* The text of a column in the row, without guard, blanks around and CR; borrowed. */
char *import_cell(struct import_run *run, int column);
/* True for a field that people never type into this record (or only when it is new). */
bool import_is_owned(const struct field *field, const struct record_type *type, bool new);
/* True when the text says what is stored. */
bool import_says(struct import_run *run, int field, const char *text, const struct value *stored);
/*
 * True when the new text is the old one with "?" for every letter that is not ASCII: a program has
 * saved the file in an encoding without them.
 */
bool import_letters_lost(const struct value *before, const struct value *after);
/* Says that a cell differs from what the office keeps itself, and which action would change it. */
void import_refuse_owned(
	struct import_run *run, int field, const char *text, const struct record *record);

/* import_parse.c: reads a cell's text for a field; references are looked up once. */
bool import_parse(struct import_run *run, int field, const char *text, struct value *value,
	struct error *err);

/* import_insert.c: the one prepared statement that new records go through. */
struct import_insert *import_insert_new(struct import_run *run);
void import_insert_free(struct import_insert *insert);
/* Gives run->fresh its key and writes it. False: err has a sentence. */
bool import_insert_record(struct import_run *run, struct error *err);
/* After the last row: sequence and search index. */
bool import_insert_finish(struct import_run *run, struct error *err);

/* import_plan.c: what is told about rows. */
void import_reset(struct import_plan *plan);
void import_wrong(struct import_run *run, enum import_kind kind, int column, const char *text);
void import_wrong_error(struct import_run *run, const struct error *err);
void import_done(struct import_run *run, enum import_kind kind, const struct record *record);
/* Takes back what import_done noted since plan->kept_count was kept_before. */
void import_undone(struct import_run *run, enum import_kind kind, int kept_before);

#endif
