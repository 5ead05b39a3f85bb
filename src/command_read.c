/*
 * command_read.c - the commands that only read: list, show, find, history. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/date.h"
#include "core/fatal.h"
#include "core/text.h"
#include "office/authority.h"
#include "office/history.h"
#include "office/views.h"

/* ---- list ---- */

enum { MEASURED = 500, COLUMNS_MOST = 64, FOUND_MOST = 60, HISTORY_MOST = 200, GAP = 2 };

struct column_of_list {
	const struct field *field;
	int index;
	int width;
};

/* Widths follow the first rows, which are held back; then every row is written as it comes. */
struct list {
	struct store *store;
	struct column_of_list columns[COLUMNS_MOST];
	int count;
	char **held; /* cells, row by row */
	int held_rows;
	int64_t rows;
	bool measured;
};

static void add_columns(struct list *list, const struct record_type *type)
{
	for (int i = 0; type->fields[i].key != NULL && list->count < COLUMNS_MOST; i++) {
		const struct field *field = &type->fields[i];

		if (field->flags & FIELD_IN_LIST || field == record_type_title(type))
			list->columns[list->count++] =
				(struct column_of_list){field, i, text_width(field_heading(field))};
	}
}

static char *cell_text(
	struct list *list, const struct column_of_list *column, const struct record *record)
{
	struct buffer text = {0};

	if (column->field->type == &reference_type)
		record_reference_label(
			list->store, column->field, &record->values[column->index], &text);
	else
		field_format(column->field, &record->values[column->index], &text);
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '\n')
			text.data[i] = ' ';
	}
	return buffer_take(&text);
}

static void write_cells(struct list *list, char *const *cells)
{
	struct buffer line = {0};

	for (int i = 0; i < list->count; i++) {
		if (i > 0)
			buffer_format(&line, "%*s", GAP, "");
		add_cell(&line, cells[i], list->columns[i].width,
			list->columns[i].field->type->right);
	}
	while (line.length > 0 && line.data[line.length - 1] == ' ')
		line.data[--line.length] = '\0';
	puts(buffer_text(&line));
	buffer_free(&line);
}

static void free_cells(const struct list *list, char **cells)
{
	for (int i = 0; i < list->count; i++)
		free(cells[i]);
}

static void write_held(struct list *list)
{
	char *labels[COLUMNS_MOST];

	for (int i = 0; i < list->count; i++)
		labels[i] = (char *)field_heading(list->columns[i].field);
	if (list->held_rows > 0)
		write_cells(list, labels);
	for (int row = 0; row < list->held_rows; row++) {
		write_cells(list, list->held + row * list->count);
		free_cells(list, list->held + row * list->count);
	}
	list->held_rows = 0;
	list->measured = true;
}

static void measure(struct list *list, char *const *cells)
{
	for (int i = 0; i < list->count; i++) {
		struct column_of_list *column = &list->columns[i];
		int width = text_width(cells[i]), most = field_width(column->field);

		/* A key that is cut is of no use. */
		if (width > most && !(column->field->flags & FIELD_KEY))
			width = most;
		if (width > column->width)
			column->width = width;
	}
}

static bool list_record(const struct record *record, void *context)
{
	struct list *list = context;
	char *cells[COLUMNS_MOST];

	for (int i = 0; i < list->count; i++)
		cells[i] = cell_text(list, &list->columns[i], record);
	list->rows++;
	if (list->measured) {
		write_cells(list, cells);
		free_cells(list, cells);
		return ferror(stdout) == 0;
	}
	measure(list, cells);
	memcpy(list->held + list->held_rows * list->count, cells,
		(size_t)list->count * sizeof *cells);
	if (++list->held_rows == MEASURED)
		write_held(list);
	return true;
}

/* Also what the person keeps under that name; words is what the query then borrows, or NULL. */
static bool find_view(struct call *call, struct record_query *query, char **words)
{
	const char *name = call_option(call, "view");
	struct error err;

	*words = NULL;
	query->view = query->type->views;
	if (name == NULL || view_named(call->store, name, query, words, &err))
		return true;
	call_misused(call, "%s", err.text);
	return false;
}

static bool find_sort(struct call *call, struct record_query *query)
{
	const char *name = call_option(call, "sort");

	if (name == NULL)
		return true;
	query->downward = name[0] == '-';
	query->sort = record_type_field(query->type, name + query->downward);
	if (query->sort != NULL)
		return true;
	call_misused(call, "%s have no field \"%s\"; \"mso fields %s\" lists them.",
		query->type->plural, name, query->type->name);
	return false;
}

/* Clients: none in "Active and prospects" with "xyz"; "--view all" looks at all. */
static void say_none(const struct record_query *query)
{
	const struct view *view = query->view;
	struct buffer text = {0};

	buffer_format(&text, "%s: none", query->type->plural);
	if (view != NULL)
		buffer_format(&text, " in \"%s\"", view->label);
	if (query->match != NULL)
		buffer_format(&text, " with \"%s\"", query->match);
	if (view != NULL && strcmp(view->name, "all") != 0)
		buffer_add(&text, "; \"--view all\" looks at all");
	buffer_add_char(&text, '.');
	say_buffer(&text);
}

int command_list(struct call *call)
{
	struct record_query query = {.type = call_type(call, call->arguments[0])};
	struct list list = {.store = call->store};
	char *words = NULL;
	struct error err;
	bool ok;

	query.match = call_option(call, "match");
	if (query.type == NULL || !find_sort(call, &query) || !find_view(call, &query, &words))
		return WRONG_USAGE;
	add_columns(&list, query.type);
	list.held = memory_new((size_t)(MEASURED * list.count) * sizeof *list.held);
	ok = record_each(call->store, &query, list_record, &list, &err);
	write_held(&list);
	free(list.held);
	free(words);
	if (!ok)
		return call_refuse(&err);
	if (list.rows == 0)
		say_none(&query);
	return DONE;
}

/* ---- show ---- */

/* "Label:  value", further lines of the value below its first. */
static void show_text(const char *label, int width, const char *text)
{
	struct buffer line = {0};

	buffer_format(&line, "%s:", label);
	add_cell(&line, "", width + 3 - text_width(buffer_text(&line)), false);
	for (;;) {
		size_t length = strcspn(text, "\n");
		char *part = memory_text_part(text, length);

		text_print(&line, part);
		puts(buffer_text(&line));
		free(part);
		text += length;
		if (*text++ == '\0')
			break;
		buffer_clear(&line);
		add_cell(&line, "", width + 3, false);
	}
	buffer_free(&line);
}

static int label_width(const struct record_type *type)
{
	int width = 0;

	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (text_width(field->label) > width)
			width = text_width(field->label);
	}
	return width;
}

static void show_children(struct store *store, const struct record *record, int width)
{
	struct child_list children[16];
	int count = record_type_children(record->type, children, 16);

	for (int i = 0; i < count; i++) {
		struct record_query query = {.type = children[i].type,
			.parent_field = children[i].reference->key,
			.parent = record_key(record)};
		char number[24];

		snprintf(number, sizeof number, "%" PRId64, record_count(store, &query));
		show_text(children[i].type->plural, width, number);
	}
}

static void say_lines(const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		char *line = memory_text_part(text, length);

		say(line);
		free(line);
		text += length + (text[length] == '\n');
	}
}

static void show_authority(struct store *store, const struct record *record)
{
	struct buffer words = {0};

	if (strcmp(record->type->name, "request") != 0)
		return;
	authority_tell(store, record, &words);
	if (words.length > 0)
		putchar('\n');
	say_lines(buffer_text(&words));
	buffer_free(&words);
}

/* The actions that are open to the actor now, as "mso do" takes them. */
static void show_actions(struct store *store, const struct record *record)
{
	const struct action *action = record->type->actions;
	struct buffer words = {0};

	for (; action != NULL && action->name != NULL; action++) {
		if (action_offered(store, action, record))
			buffer_format(&words, "%s%s",
				words.length > 0 ? ", " : "\nYou may: ", action->name);
	}
	if (words.length > 0) {
		buffer_format(
			&words, " (mso do %s %s ACTION).", record->type->name, record_key(record));
		say_lines(buffer_text(&words));
	}
	buffer_free(&words);
}

int command_show(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	struct record *record;
	struct buffer text = {0};
	int width;

	if (type == NULL)
		return WRONG_USAGE;
	record = call_record(call, type);
	if (record == NULL)
		return REFUSED;
	width = label_width(type);
	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];

		buffer_clear(&text);
		if (field->type == &reference_type)
			record_reference_label(call->store, field, &record->values[i], &text);
		else
			field_format(field, &record->values[i], &text);
		if (text.length > 0)
			show_text(field->label, width, buffer_text(&text));
	}
	show_children(call->store, record, width);
	show_authority(call->store, record);
	show_actions(call->store, record);
	buffer_free(&text);
	record_free(record);
	return DONE;
}

/* ---- find ---- */

int command_find(struct call *call)
{
	struct buffer words = {0};
	struct found found[FOUND_MOST];
	int count, type_width = 0, key_width = 0, code = DONE;
	struct error err;

	for (int i = 0; i < call->count; i++)
		buffer_format(&words, "%s%s", i > 0 ? " " : "", call->arguments[i]);
	count = record_find(call->store, buffer_text(&words), FOUND_MOST, found);
	buffer_free(&words);
	for (int i = 0; i < count; i++) {
		if (text_width(found[i].type->name) > type_width)
			type_width = text_width(found[i].type->name);
		if (text_width(found[i].key) > key_width)
			key_width = text_width(found[i].key);
	}
	for (int i = 0; i < count; i++) {
		struct buffer line = {0};

		add_cell(&line, found[i].type->name, type_width + GAP, false);
		add_cell(&line, found[i].key, key_width + GAP, false);
		text_print(&line, found[i].title);
		puts(buffer_text(&line));
		buffer_free(&line);
	}
	if (store_damaged(call->store, &err))
		code = call_refuse(&err);
	else if (count == 0)
		fputs("Nothing found. Every word must begin a word of the record; try fewer or shorter ones.\n",
			stderr);
	found_free(found, count);
	return code;
}

/* ---- history ---- */

static void tell_change(const struct history_entry *entry, const struct history_change *change)
{
	struct buffer line = {0};

	buffer_add(&line, "    ");
	text_print(&line, change->column);
	buffer_add(&line, ": ");
	if (strcmp(entry->operation, "update") == 0) {
		text_print(&line, change->before[0] != '\0' ? change->before : "(empty)");
		buffer_add(&line, " -> ");
		text_print(&line, change->after[0] != '\0' ? change->after : "(empty)");
	} else {
		text_print(&line, change->before);
		text_print(&line, change->after);
	}
	puts(buffer_text(&line));
	buffer_free(&line);
}

/* What was told, and the first day that is. */
struct telling {
	char since[DATE_TEXT]; /* "": all */
	int told;
};

static bool tell_entry(const struct history_entry *entry, void *context)
{
	struct telling *telling = context;
	static const struct {
		const char *operation, *word;
	} words[] = {{"insert", "new"}, {"update", "changed"}, {"delete", "deleted"}};
	struct buffer line = {0};
	char time[20];

	store_local_time(entry->at, time);
	if (strncmp(time, telling->since, strlen(telling->since)) < 0)
		return true;
	telling->told++;
	buffer_format(&line, "%s  ", time);
	text_print(&line, entry->who);
	if (strcmp(entry->who, entry->real_who) != 0) {
		buffer_add(&line, " (as typed by ");
		text_print(&line, entry->real_who);
		buffer_add_char(&line, ')');
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(entry->operation, words[i].operation) == 0)
			buffer_format(&line, "  %s", words[i].word);
	}
	buffer_format(&line, "  %s ", entry->type != NULL ? entry->type->name : "");
	text_print(&line, entry->key);
	puts(buffer_text(&line));
	buffer_free(&line);
	for (int i = 0; i < entry->count; i++)
		tell_change(entry, &entry->changes[i]);
	return ferror(stdout) == 0;
}

int command_history(struct call *call)
{
	const struct record_type *type = NULL;
	struct value key = {.kind = VALUE_NULL};
	const char *since = call_option(call, "since");
	struct telling telling = {0};
	struct error err;
	bool all = call->count == 2 || since != NULL, ok;

	if (call->count == 1)
		return call_misused(call, "give a type and a key, or neither.");
	if (since != NULL && !date_parse(since, store_today(call->store), telling.since, &err))
		return call_misused(call, "%s", err.text);
	if (call->count == 2) {
		type = call_type(call, call->arguments[0]);
		if (type == NULL)
			return WRONG_USAGE;
		/* A deleted record has a history too, under the key as it is typed. */
		if (!record_resolve(call->store, type, call->arguments[1], &key, NULL))
			value_set_text(&key, call->arguments[1]);
	}
	ok = history_each(call->store, type, key.text, all ? INT32_MAX : HISTORY_MOST, tell_entry,
		&telling, &err);
	value_clear(&key);
	if (ok && telling.told == 0)
		fputs("No changes found.\n", stderr);
	return ok ? DONE : call_refuse(&err);
}
