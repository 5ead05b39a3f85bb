/*
 * record_row.h - SQL text and rows of one record type, shared by load, save and list; only the
 * record_*.c files and search.c include it. GPL-3.0-or-later.
 */
#ifndef OFFICE_RECORD_ROW_H
#define OFFICE_RECORD_ROW_H

#include "office/record.h"

enum row_fields {
	ROW_ALL,    /* every field the actor may see */
	ROW_LISTED, /* stored ones, and computed ones of the list and the title */
};

/* Columns before the fields: id and version. */
enum { ROW_BEFORE = 2 };

/* True when the actor may read and write the field: private ones are the director's. */
bool row_may_see(struct store *store, const struct field *field);

/*
 * Appends "SELECT id, version, every field FROM source AS t" (fields that are not read come as
 * NULL). extra, or NULL, is a computed field that is read though it is not listed. before stands
 * after FROM: "" or another table with "CROSS JOIN".
 */
void row_select(struct store *store, const struct record_type *type, enum row_fields fields,
	const struct field *extra, const char *before, struct buffer *sql);

/* Appends the SQL expression of a field over the row t. */
void row_expression(const struct field *field, struct buffer *sql);

/* Reads the statement's row into record, values and loaded alike. */
void row_read(struct statement *statement, struct record *record);

/* Reads it for the length of one call: texts are borrowed until the next step or row_return. */
void row_borrow(struct statement *statement, struct record *record);
void row_return(struct record *record);

/* Binds a value by ":" and name; a NULL value of a type that keeps '' is bound as ''. */
void row_bind(struct statement *statement, const struct field *field, const char *name,
	const struct value *value);

/* Reads the record with this id; false with a sentence when the actor sees none. */
bool row_load(struct store *store, struct record *record, int64_t id, struct error *err);

/*
 * Appends the SQL of a page's part (0, 1) without words; nothing when there is no such part. For
 * the test that pages follow an index.
 */
void record_page_sql(struct store *store, const struct record_query *query,
	const struct record *anchor, bool backward, int part, struct buffer *sql);

#endif
