/*
 * import.h - records from CSV: a plan of what a file would do, and doing it, all or nothing.
 * GPL-3.0-or-later.
 *
 * A row without a key is a new record, one with a key changes that record; natural keys (account
 * codes, logins) also make new ones. A column that is absent leaves its field alone, an empty
 * cell empties it (or takes the default of a new record). What the program computes or only
 * actions write may stand in the file as it is stored, and nothing else.
 *
 * A plan is made by really doing the import, on a copy of the office that is thrown away, so it
 * says what the rules say and nobody waits for it.
 */
#ifndef CSV_IMPORT_H
#define CSV_IMPORT_H

#include "office/record.h"

enum import_kind {
	IMPORT_INSERT,
	IMPORT_UPDATE,
	IMPORT_UNCHANGED,
	IMPORT_CONFLICT, /* changed here since the file's version */
	IMPORT_ERROR,
	IMPORT_KINDS,
};

extern const char *const import_kind_words[IMPORT_KINDS]; /* "insert", "update", ... */

/*
 * One field that a row changes, or gives a new record; texts as people read them, shortened, safe
 * for a terminal.
 */
struct import_change {
	const struct field *field;
	char *before;
	char *after;
};

/* What one row would do, or one thing that is wrong with it. Texts are never NULL. */
struct import_row {
	enum import_kind kind;
	int64_t line;
	char *key; /* "" for a new record */
	char *title;
	char *twin;                /* new: one like it that was there before, or NULL */
	char *column;              /* wrong: the heading it belongs to, "" for the whole row */
	const struct field *field; /* wrong: what the column means, or NULL */
	char *value;               /* wrong: what stands there, shortened and safe */
	char *text;                /* wrong: why */
	struct import_change *changes;
	int change_count;
};

struct import_file; /* the text and its columns */

struct import_plan {
	const struct record_type *type;
	char *name;            /* "practices.csv", "standard input" */
	char *path;            /* as it was given; NULL for what is no file */
	int64_t heading_line;  /* where the headings stand */
	const char *delimiter; /* "comma", "semicolon", "tab", "bar" */
	int64_t rows;          /* all of them */
	int64_t counts[IMPORT_KINDS];
	int64_t twins; /* new records like one that was there before, of its name or the same in all
			*/
	/* In the order of the file; unchanged rows are only counted, as are those past a limit. */
	struct import_row *kept;
	int kept_count;
	bool left_out; /* there were more */
	struct import_file *file;
};

/*
 * Reads a file ("-": standard input) or a text (borrowed) into memory, and its headings. Takes
 * no lock. NULL with a sentence: no such file, the office file itself, another encoding than
 * UTF-8, unknown, doubled or missing columns, a type the actor may not write.
 */
struct import_plan *import_open(
	struct store *store, const struct record_type *type, const char *path, struct error *err);
struct import_plan *import_open_text(struct store *store, const struct record_type *type,
	const char *name, const char *text, size_t length, struct error *err);
void import_free(struct import_plan *plan);

/*
 * Fills the plan by a dry run. False only when it could not run at all (disk, lock); what is
 * wrong with rows stands in the plan.
 */
bool import_check(struct store *store, struct import_plan *plan, struct error *err);

/*
 * Does it, all or nothing, in one transaction, and fills the plan with what was done. False with
 * a sentence and code "rows" when rows are wrong; they stand in the plan, and nothing is saved.
 * After a check also with code "stale" when a row would change another version of its record than
 * the plan told of: nothing is saved, and another check makes the plan anew.
 */
bool import_commit(struct store *store, struct import_plan *plan, struct error *err);

/* True when no row is wrong. */
bool import_is_clean(const struct import_plan *plan);

/* Appends one line about a row: 'line 17: phone "12": is no phone number'. */
void import_describe(const struct import_row *row, struct buffer *out);

/* Is a new record like another of the type by its name? Else where it is the same in all. */
bool import_twins_by_name(const struct record_type *type);

/* Appends a sentence about the new records like others that are there already, if there are any. */
void import_describe_twins(const struct import_plan *plan, struct buffer *out);

/* Appends the row of a line as the file has it, a line for each cell that is not empty. */
void import_cells(const struct import_plan *plan, int64_t line, struct buffer *out);

/* False with a sentence when the path leads to the file that is imported: nothing replaces that. */
bool import_may_write_errors(const struct import_plan *plan, const char *path, struct error *err);

/*
 * Writes the wrong rows, as they stand in the file, with three more columns: their line, which
 * columns are wrong, and each of those with its value and why. Corrected, this file can be imported
 * itself. Rows past the plan's memory are in it too.
 */
bool import_write_errors(
	struct store *store, const struct import_plan *plan, const char *path, struct error *err);

#endif
