/*
 * record_rows.c - feeds a list from the office, page by page, and makes the words of its cells
 * when a row is read, so that drawing asks nothing. GPL-3.0-or-later.
 */
#include "screens/record_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/record_columns.h"
#include "screens/session.h"
#include "tui/keys.h"
#include "tui/loop.h"

enum {
	LABELS = 64,
	COUNT_MOST = 10000, /* rows with the words of a filter: beyond that "more" says enough */
};

/* What a reference reads as; one slot per hash of field and key. */
struct label {
	const struct field *field;
	char *key, *text; /* owned */
};

struct record_rows {
	struct list_source source; /* first: the list knows only this */
	struct store *store;
	struct record_query query;
	char *parent, *match; /* owned, behind the query's */
	bool writes;          /* n makes new ones here */
	bool typing;          /* letters are text now, and no keys */
	char empty[128];      /* what the list says without rows */
	const struct field *fields[RECORD_COLUMNS];
	struct list_column columns[RECORD_COLUMNS];
	int column_count;
	struct label labels[LABELS];
	struct list *list;
	unsigned long made; /* records made here until now are no news */
	int64_t news;       /* rows that came since the list was read, as far as is known */
	size_t gone;        /* rows in sight that went */
};

/* An item of the list: the record and the words of its cells. */
struct row {
	struct record *record;
	struct record
		*place; /* as it was when the list was sorted, where it changed since; or NULL */
	bool gone;      /* a refresh would take it away */
	char *cells[RECORD_COLUMNS];
};

/* ---- words ---- */

void record_value_text(struct store *store, const struct field *field, const struct value *value,
	struct buffer *out)
{
	if (field->refers == NULL)
		field_format(field, value, out);
	else
		record_reference_label(store, field, value, out);
}

static struct label *label_slot(
	struct record_rows *rows, const struct field *field, const char *key)
{
	size_t hash = (size_t)(field - rows->query.type->fields);

	for (const char *c = key; *c != '\0'; c++)
		hash = hash * 31 + (unsigned char)*c;
	return &rows->labels[hash % LABELS];
}

static void clear_label(struct label *label)
{
	free(label->key);
	free(label->text);
	*label = (struct label){0};
}

static void forget_labels(struct record_rows *rows)
{
	for (int i = 0; i < LABELS; i++)
		clear_label(&rows->labels[i]);
}

static void reference_text(struct record_rows *rows, const struct field *field,
	const struct value *value, struct buffer *out)
{
	struct label *label = label_slot(rows, field, value->text);

	if (label->field != field || strcmp(label->key, value->text) != 0) {
		struct buffer text = {0};

		clear_label(label);
		record_value_text(rows->store, field, value, &text);
		*label = (struct label){field, memory_text(value->text), buffer_take(&text)};
	}
	buffer_add(out, label->text);
}

static char *cell_text(
	struct record_rows *rows, const struct field *field, const struct value *value)
{
	struct buffer text = {0};
	char *end;

	if (field->refers != NULL && value->kind == VALUE_TEXT && value->text[0] != '\0')
		reference_text(rows, field, value, &text);
	else
		field_format(field, value, &text);
	/* A list shows the first line of a text. */
	end = text.data == NULL ? NULL : strchr(text.data, '\n');
	if (end != NULL)
		*end = '\0';
	return buffer_take(&text);
}

static void make_cells(struct record_rows *rows, struct row *row)
{
	for (int i = 0; i < rows->column_count; i++) {
		long place = rows->fields[i] - rows->query.type->fields;

		free(row->cells[i]);
		row->cells[i] = cell_text(rows, rows->fields[i], &row->record->values[place]);
	}
}

/* Makes an item; record is owned by it. */
static struct row *make_row(struct record_rows *rows, struct record *record)
{
	struct row *row = memory_new(sizeof *row);

	row->record = record;
	make_cells(rows, row);
	return row;
}

/* Where the row stands in the list, whatever has become of the record. */
static const struct record *place_of(const struct row *row)
{
	if (row == NULL)
		return NULL;
	return row->place != NULL ? row->place : row->record;
}

/* ---- the list's questions ---- */

static struct record_rows *rows_of(struct list_source *source)
{
	return (struct record_rows *)source;
}

/* Records after or before one; what goes wrong is said in the message line. */
static int read_page(struct record_rows *rows, const struct record *anchor, bool backward,
	int wanted, struct record **records)
{
	struct error err;
	int count = record_page(rows->store, &rows->query, anchor, backward, wanted, records, &err);

	if (count >= 0)
		return count;
	message_set(ROLE_BAD, err.text);
	return 0;
}

static size_t rows_after(struct list_source *source, const void *item, size_t wanted, void **items)
{
	struct record_rows *rows = rows_of(source);
	const struct row *row = item;
	struct record **records = memory_new((wanted + 1) * sizeof *records);
	int count = read_page(rows, place_of(row), false, (int)wanted, records);

	for (int i = 0; i < count; i++)
		items[i] = make_row(rows, records[i]);
	free(records);
	return (size_t)count;
}

static size_t rows_before(struct list_source *source, const void *item, size_t wanted, void **items)
{
	struct record_rows *rows = rows_of(source);
	const struct row *row = item;
	struct record **records = memory_new((wanted + 1) * sizeof *records);
	int count = read_page(rows, place_of(row), true, (int)wanted, records);

	/* They come in the list's order; the list wants the nearest first. */
	for (int i = 0; i < count; i++)
		items[i] = make_row(rows, records[count - 1 - i]);
	free(records);
	return (size_t)count;
}

/* The record that stands where anchor stood, or the next one; NULL: none. Caller frees. */
static struct record *record_at(struct record_rows *rows, const struct record *anchor)
{
	struct record *before = NULL, *found = NULL;
	int count = read_page(rows, anchor, true, 1, &before);

	if (read_page(rows, count > 0 ? before : NULL, false, 1, &found) == 0)
		found = NULL;
	record_free(before);
	return found;
}

static void *rows_again(struct list_source *source, const void *item)
{
	struct record_rows *rows = rows_of(source);
	const struct row *row = item;
	struct record *now =
		record_load(rows->store, rows->query.type, record_key(row->record), NULL);
	struct record *found = NULL;

	/* It may have moved in the order; then the focus goes with it, if it is still listed. */
	if (now != NULL)
		found = record_at(rows, now);
	if (found == NULL || found->id != row->record->id) {
		record_free(found);
		found = record_at(rows, row->record);
	}
	record_free(now);
	return found == NULL ? NULL : make_row(rows, found);
}

/* In place: the row keeps its place in the order until the list is read again. */
static void rows_update(struct list_source *source, void *item)
{
	struct record_rows *rows = rows_of(source);
	struct row *row = item;
	struct record *now =
		record_load(rows->store, rows->query.type, record_key(row->record), NULL);
	struct record *listed = now == NULL ? NULL : record_at(rows, now);

	row->gone = listed == NULL || listed->id != row->record->id;
	record_free(listed);
	if (now == NULL || now->version == row->record->version) {
		record_free(now);
		return;
	}
	if (row->place == NULL)
		row->place = row->record;
	else
		record_free(row->record);
	row->record = now;
	make_cells(rows, row);
}

static bool rows_gone(struct list_source *source, const void *item)
{
	(void)source;
	return ((const struct row *)item)->gone;
}

static void rows_cell(
	struct list_source *source, const void *item, size_t column, struct buffer *text)
{
	const struct row *row = item;

	(void)source;
	buffer_add(text, row->cells[column]);
}

static bool rows_same(struct list_source *source, const void *left, const void *right)
{
	(void)source;
	return ((const struct row *)left)->record->id == ((const struct row *)right)->record->id;
}

static int64_t rows_count(struct list_source *source)
{
	struct record_rows *rows = rows_of(source);

	return source->count_most == 0
		       ? record_count(rows->store, &rows->query)
		       : record_count_to(rows->store, &rows->query, source->count_most + 1);
}

static void rows_free_item(struct list_source *source, void *item)
{
	struct row *row = item;

	(void)source;
	record_free(row->record);
	record_free(row->place);
	for (int i = 0; i < RECORD_COLUMNS; i++)
		free(row->cells[i]);
	free(row);
}

/* ---- beginning and end ---- */

/* What it means that there are no rows, and which keys mend it; imports and views are a list's. */
static void say_empty(struct record_rows *rows)
{
	const struct record_type *type = rows->query.type;
	bool list = rows->query.parent_field == NULL;
	bool views = list && type->views != NULL && type->views[0].name != NULL &&
		     type->views[1].name != NULL;
	struct buffer out = {0};

	if (rows->match != NULL && rows->match[0] != '\0') {
		buffer_add(&out, "Nothing here has these words. Esc shows all.");
	} else {
		buffer_add(&out, "None here.");
		if (rows->writes)
			buffer_format(&out, " %s makes a new %s%s.",
				rows->typing ? key_hint(COMMAND_NEW, NULL).key : "n", type->label,
				list && !rows->typing ? ", i imports a CSV file" : "");
		if (views && !rows->typing)
			buffer_add(&out, " v shows other views.");
	}
	snprintf(rows->empty, sizeof rows->empty, "%s", buffer_text(&out));
	buffer_free(&out);
}

/* A number has four figures until there are more records. */
static void widen_key(struct record_rows *rows)
{
	int width = rows->fields[0]->flags & FIELD_KEY
			    ? record_newest_width(rows->store, rows->query.type)
			    : 0;

	if (width > rows->columns[0].width)
		rows->columns[0].width = rows->columns[0].wanted = width;
}

struct record_rows *record_rows_new(struct store *store, const struct record_type *type,
	const struct field *reference, const char *parent, bool writes)
{
	struct record_rows *rows = memory_new(sizeof *rows);

	rows->source = (struct list_source){.after = rows_after,
		.before = rows_before,
		.again = rows_again,
		.update = rows_update,
		.gone = rows_gone,
		.cell = rows_cell,
		.same = rows_same,
		.count = rows_count,
		.free = rows_free_item};
	rows->store = store;
	rows->parent = memory_text(parent);
	rows->query = (struct record_query){.type = type,
		.parent_field = reference == NULL ? NULL : reference->key,
		.parent = rows->parent};
	rows->column_count = record_columns(type, reference,
		strcmp(store_role(store), "director") == 0, rows->fields, rows->columns);
	widen_key(rows);
	rows->writes = writes;
	say_empty(rows);
	rows->list =
		list_new(&rows->source, rows->columns, (size_t)rows->column_count, rows->empty);
	session_made(type, &rows->made);
	return rows;
}

void record_rows_free(struct record_rows *rows)
{
	if (rows == NULL)
		return;
	list_free(rows->list);
	forget_labels(rows);
	free(rows->parent);
	free(rows->match);
	free(rows);
}

/* ---- what the pages ask ---- */

struct list *record_rows_list(struct record_rows *rows)
{
	return rows->list;
}

const struct record_query *record_rows_query(const struct record_rows *rows)
{
	return &rows->query;
}

const struct record *record_rows_focused(struct record_rows *rows)
{
	const struct row *row = list_focused(rows->list);

	return row == NULL ? NULL : row->record;
}

int record_rows_columns(const struct record_rows *rows, const struct field *const **fields)
{
	*fields = rows->fields;
	return rows->column_count;
}

/* From the first row, after which nothing is news. */
static void read_anew(struct record_rows *rows)
{
	rows->news = 0;
	rows->gone = 0;
	list_reload(rows->list);
}

void record_rows_view(struct record_rows *rows, const struct view *view)
{
	rows->query.view = view;
	read_anew(rows);
}

void record_rows_match(struct record_rows *rows, const char *match)
{
	memory_replace(&rows->match, match);
	rows->query.match = rows->match;
	rows->source.count_most = match == NULL || match[0] == '\0' ? 0 : COUNT_MOST;
	say_empty(rows);
	read_anew(rows);
}

void record_rows_typing(struct record_rows *rows, bool typing)
{
	rows->typing = typing;
	say_empty(rows);
}

void record_rows_sort(struct record_rows *rows, const struct field *field, bool downward)
{
	rows->query.sort = field;
	rows->query.downward = downward;
	read_anew(rows);
}

void record_rows_show(struct record_rows *rows, const char *key)
{
	struct record *record = record_load(rows->store, rows->query.type, key, NULL);

	if (record != NULL)
		list_go(rows->list, make_row(rows, record));
}

void record_rows_refresh(struct record_rows *rows)
{
	const char *made = session_made(rows->query.type, &rows->made);

	forget_labels(rows);
	rows->news = 0;
	rows->gone = 0;
	if (made != NULL)
		record_rows_show(rows, made);
	else
		list_refresh(rows->list);
}

void record_rows_update(struct record_rows *rows)
{
	int64_t before = list_count(rows->list), most = rows->source.count_most, now;

	/* Where nothing stands nothing can move. */
	if (list_focused(rows->list) == NULL) {
		record_rows_refresh(rows);
		return;
	}
	forget_labels(rows);
	rows->gone = list_update(rows->list);
	now = before < 0 ? -1 : rows_count(&rows->source);
	rows->news = 0;
	if (now >= 0 && (most == 0 || now <= most))
		rows->news = now - before + (int64_t)rows->gone;
	if (rows->news < 0)
		rows->news = 0;
}

void record_rows_summary(const struct record_rows *rows, struct buffer *out)
{
	list_summary(rows->list, out);
	if (rows->news > 0)
		buffer_format(out, ", %lld new, ^R shows %s", (long long)rows->news,
			rows->news == 1 ? "it" : "them");
	else if (rows->gone > 0)
		buffer_format(out, ", %zu gone (-), ^R takes %s away", rows->gone,
			rows->gone == 1 ? "it" : "them");
}
