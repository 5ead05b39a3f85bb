/*
 * record_rows.h - the records of a type as a list: the list page, the tabs of a record, the
 * lines under a request. GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_ROWS_H
#define SCREENS_RECORD_ROWS_H

#include "office/record.h"
#include "tui/list.h"

struct record_rows;

/* Records that refer to parent by reference (both NULL: all); writes: n makes new ones here.
 * Caller frees. */
struct record_rows *record_rows_new(struct store *store, const struct record_type *type,
	const struct field *reference, const char *parent, bool writes);
void record_rows_free(struct record_rows *rows); /* NULL is allowed */

struct list *record_rows_list(struct record_rows *rows);

/* The query behind the list, for an export of exactly what is listed. Borrowed. */
const struct record_query *record_rows_query(const struct record_rows *rows);

/* The focused record with its listed values; NULL when there is none. Borrowed. */
const struct record *record_rows_focused(struct record_rows *rows);

/* The fields that are columns; returns how many. */
int record_rows_columns(const struct record_rows *rows, const struct field *const **fields);

/* While something is typed on the page, letters are no keys: an empty list names none then. */
void record_rows_typing(struct record_rows *rows, bool typing);

/* Another view, filter or order; the list is read again from its first row. */
void record_rows_view(struct record_rows *rows, const struct view *view);
void record_rows_match(struct record_rows *rows, const char *match);
void record_rows_sort(struct record_rows *rows, const struct field *field, bool downward);

/* Reads again: the focus stays on its row, or goes to a record made here since the last time. */
void record_rows_refresh(struct record_rows *rows);

/*
 * After others' saves: the rows in sight show what they are now, where they stand; what no longer
 * belongs here is marked, what is new is counted, and a refresh puts both right.
 */
void record_rows_update(struct record_rows *rows);

/* Appends "3 of 142, 2 new, ^R shows them". */
void record_rows_summary(const struct record_rows *rows, struct buffer *out);

/* Puts the focus on the record with this key where the list has it. */
void record_rows_show(struct record_rows *rows, const char *key);

/* A value as people read it, references with their name: "V-0003 Acme Office Supply". */
void record_value_text(struct store *store, const struct field *field, const struct value *value,
	struct buffer *out);

#endif
