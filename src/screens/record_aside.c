/*
 * record_aside.c - reads and draws what stands beside the fields on a wide screen.
 * GPL-3.0-or-later.
 */
#include "screens/record_aside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/history.h"
#include "report/changes.h"

enum {
	LIST_ROWS = 5,     /* records of a list */
	HISTORY_ROWS = 6,  /* changes */
	CHANGED_NAMES = 4, /* fields that a change names */
	WRAPPED_ROWS = 2,  /* lines of a row */
};

/* ---- rows ---- */

/* Takes the text over. */
static void add_row(struct aside *aside, enum role role, int indent, struct buffer *text)
{
	struct aside_row *row;

	aside->rows = memory_resize(aside->rows, ((size_t)aside->count + 1) * sizeof *aside->rows);
	row = &aside->rows[aside->count];
	row->text = buffer_take(text);
	row->role = role;
	row->indent = indent;
	row->spaced = role == ROLE_TITLE && aside->count > 0;
	aside->count++;
}

void aside_free(struct aside *aside)
{
	for (int i = 0; i < aside->count; i++)
		free(aside->rows[i].text);
	free(aside->rows);
	*aside = (struct aside){0};
}

/* ---- lists ---- */

/* "P-0017  Björn Åkesson", and where it stands, where that can be said. */
static void add_record(struct aside *aside, const struct record *record)
{
	const struct field *title = record_type_title(record->type);
	struct buffer text = {0};

	buffer_add(&text, record_key(record));
	if (title != NULL && title != record_type_key(record->type)) {
		buffer_add(&text, "  ");
		record_format(record, title->key, &text);
	}
	if (record_state(record)[0] != '\0')
		buffer_format(&text, ", %s", record_state(record));
	add_row(aside, ROLE_PLAIN, 1, &text);
}

static void read_list(struct store *store, const struct record *whole,
	const struct aside_list *list, struct aside *aside)
{
	const struct record_query query = {.type = list->child.type,
		.parent_field = list->child.reference->key,
		.parent = record_key(whole)};
	struct record *records[LIST_ROWS];
	int count = record_page(store, &query, NULL, false, LIST_ROWS, records, NULL);
	struct buffer text = {0};

	if (count <= 0)
		return;
	buffer_format(&text, "%s %" PRId64, list->child.type->plural, list->count);
	add_row(aside, ROLE_TITLE, 0, &text);
	for (int i = 0; i < count; i++) {
		add_record(aside, records[i]);
		record_free(records[i]);
	}
	if (list->count > count) {
		buffer_format(&text, "and %" PRId64 " more", list->count - count);
		add_row(aside, ROLE_HINT, 1, &text);
	}
}

/* ---- history ---- */

/* The entries come oldest first, and are shown the other way round. */
struct told {
	struct store *store;
	struct buffer rows[HISTORY_ROWS];
	int count;
};

static void add_first_line(
	struct store *store, const struct history_change *change, struct buffer *out)
{
	struct buffer words = {0};

	history_words(store, change->field, change->after, &words);
	buffer_add_bytes(out, buffer_text(&words), strcspn(buffer_text(&words), "\n"));
	buffer_free(&words);
}

/* "status approved, decided by R. Abernathy": what the fields became. */
static void add_changes(struct store *store, const struct history_entry *entry, struct buffer *out)
{
	int named = 0;

	for (int i = 0; i < entry->count; i++) {
		const struct history_change *change = &entry->changes[i];

		if (change->field == NULL || strcmp(change->before, change->after) == 0)
			continue;
		if (named++ == CHANGED_NAMES) {
			buffer_add(out, " and more");
			return;
		}
		buffer_format(out, "%s%s: ", named == 1 ? "" : "; ", change->field->label);
		if (change->after[0] == '\0')
			buffer_add(out, "emptied");
		else
			add_first_line(store, change, out);
	}
}

static bool tell(const struct history_entry *entry, void *context)
{
	struct told *told = context;
	struct buffer *out = &told->rows[told->count % HISTORY_ROWS];
	char at[24];

	buffer_clear(out);
	told->count++;
	store_local_time(entry->at, at);
	buffer_format(out, "%.16s ", at);
	person_short(told->store, entry->who, out);
	if (strcmp(entry->operation, "insert") == 0) {
		buffer_add(out, " wrote it");
	} else {
		buffer_add(out, "  ");
		add_changes(told->store, entry, out);
	}
	return true;
}

static void read_history(struct store *store, const struct record *record, struct aside *aside)
{
	struct told told = {.store = store};
	struct buffer heading = {0};

	history_each(store, record->type, record_key(record), HISTORY_ROWS, tell, &told, NULL);
	if (told.count > 0) {
		buffer_add(&heading, "Changes");
		add_row(aside, ROLE_TITLE, 0, &heading);
	}
	for (int i = told.count - 1; i >= 0; i--)
		add_row(aside, ROLE_PLAIN, 1, &told.rows[i]);
	for (int i = 0; i < HISTORY_ROWS; i++)
		buffer_free(&told.rows[i]);
}

/* ---- all of it ---- */

void aside_read(struct store *store, const struct record *record, const struct aside_list *lists,
	int count, struct aside *aside)
{
	aside_free(aside);
	aside->fresh = true;
	for (int i = 0; i < count; i++)
		if (lists[i].count > 0)
			read_list(store, record, &lists[i], aside);
	read_history(store, record, aside);
}

void aside_draw(const struct aside *aside, struct area *area)
{
	int row = 0;

	for (int i = 0; i < aside->count && row < area->rows; i++) {
		const struct aside_row *line = &aside->rows[i];
		int rows = area->rows - row < WRAPPED_ROWS ? area->rows - row : WRAPPED_ROWS;

		row += line->spaced;
		row += draw_wrapped(area, row, line->indent, area->columns - line->indent - 1, rows,
			line->role, line->text);
	}
}
