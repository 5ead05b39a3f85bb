/*
 * history_page.c - who changed what of a record and of its parts, and when, newest first; and
 * putting an old value back. Opened with h wherever a record has the focus. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/history.h"
#include "office/people.h"
#include "screens/record_rows.h"
#include "screens/screens.h"
#include "screens/session.h"
#include "screens/words.h"
#include "tui/dialog.h"
#include "tui/list.h"
#include "tui/loop.h"

enum { COLUMN_WHEN, COLUMN_WHO, COLUMN_WHAT, COLUMN_BEFORE, COLUMN_AFTER, COLUMN_COUNT };

/* One field of one entry. All texts are owned. */
struct change_row {
	struct history_place place;
	int index; /* within its entry */
	const struct record_type *type;
	char *key;
	const struct field *field; /* NULL: a column that is no field any more */
	bool update;
	char *cells[COLUMN_COUNT];
	char *before; /* as it can be typed: cells say "(new)" and the like */
};

struct history_page {
	struct page page;
	struct list_source source;
	struct store *store;
	const struct record_type *type;
	char *key;
	struct list *list;
	int64_t data_version;
	struct change_row *chosen; /* to put back, while it is asked */
	struct value shown;        /* which of now the question said it takes the place of */
};

static struct history_page *history_of(struct page *page)
{
	return (struct history_page *)page;
}

static struct history_page *page_of(struct list_source *source)
{
	return (struct history_page *)((char *)source - offsetof(struct history_page, source));
}

/* ---- rows ---- */

static void row_free(struct change_row *row)
{
	if (row == NULL)
		return;
	for (int i = 0; i < COLUMN_COUNT; i++)
		free(row->cells[i]);
	free(row->key);
	free(row->before);
	free(row);
}

/* "Phone", or with the part it is of: "1 Quantity", "M1 Outcome". */
static char *what_of(const struct history_page *page, const struct history_entry *entry,
	const struct history_change *change)
{
	size_t length = strlen(page->key);
	struct buffer what = {0};

	if (strlen(entry->key) > length + 1 && strncmp(entry->key, page->key, length) == 0)
		buffer_format(&what, "%s ", entry->key + length + 1);
	buffer_add(&what, change->field != NULL ? change->field->label : change->column);
	return buffer_take(&what);
}

static char *who_of(const struct history_page *page, const struct history_entry *entry)
{
	struct buffer who = {0};

	person_short(page->store, entry->who, &who);
	if (strcmp(entry->who, entry->real_who) != 0)
		buffer_format(&who, " (%s)", entry->real_who);
	return buffer_take(&who);
}

/* A side of the change; before there was a record, and after, there is only a word for that. */
static char *side_of(const struct history_page *page, const struct history_change *change,
	const char *side, const char *none)
{
	struct buffer words = {0};

	if (none != NULL)
		buffer_add(&words, none);
	else
		history_words(page->store, change->field, side, &words);
	return buffer_take(&words);
}

static struct change_row *row_new(
	const struct history_page *page, const struct history_entry *entry, int index)
{
	const struct history_change *change = &entry->changes[index];
	struct change_row *row = memory_new(sizeof *row);
	bool came = strcmp(entry->operation, "insert") == 0;
	bool went = strcmp(entry->operation, "delete") == 0;
	char time[20];

	row->place = entry->place;
	row->index = index;
	row->type = entry->type;
	row->key = memory_text(entry->key);
	row->field = change->field;
	row->update = !came && !went;
	row->before = memory_text(change->before);
	row->cells[COLUMN_WHEN] = memory_text(store_local_time(entry->at, time));
	row->cells[COLUMN_WHO] = who_of(page, entry);
	row->cells[COLUMN_WHAT] = what_of(page, entry, change);
	row->cells[COLUMN_BEFORE] = side_of(page, change, change->before, came ? "(new)" : NULL);
	row->cells[COLUMN_AFTER] = side_of(page, change, change->after, went ? "(deleted)" : NULL);
	return row;
}

/* Gathers rows behind (or before) the one that was there. */
struct gathering {
	const struct history_page *page;
	const struct change_row *past; /* NULL: from the beginning */
	bool older, itself;            /* itself: that row counts, too */
	size_t wanted, count;
	void **rows;
};

static int compare_places(const struct history_place *left, const struct history_place *right)
{
	int order = strcmp(left->at, right->at);

	if (order == 0)
		order = left->side - right->side;
	return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

static bool gather_entry(const struct history_entry *entry, void *context)
{
	struct gathering *gathering = context;
	int step = gathering->older ? 1 : -1;
	bool same = gathering->past != NULL &&
		    compare_places(&entry->place, &gathering->past->place) == 0;
	int i = gathering->older ? 0 : entry->count - 1;

	if (same)
		i = gathering->past->index + (gathering->itself ? 0 : step);
	for (; i >= 0 && i < entry->count && gathering->count < gathering->wanted; i += step)
		gathering->rows[gathering->count++] = row_new(gathering->page, entry, i);
	return gathering->count < gathering->wanted;
}

static size_t gather(struct history_page *page, const struct change_row *past, bool older,
	bool itself, size_t wanted, void **rows)
{
	struct gathering gathering = {page, past, older, itself, wanted, 0, rows};
	struct error err;

	/* Every entry but the one that was there gives a row at least. */
	if (!history_walk(page->store, page->type, page->key, past != NULL ? &past->place : NULL,
		    older, (int)wanted + 1, gather_entry, &gathering, &err))
		message_set(ROLE_BAD, err.text);
	return gathering.count;
}

static size_t rows_after(struct list_source *source, const void *item, size_t wanted, void **items)
{
	return gather(page_of(source), item, true, false, wanted, items);
}

static size_t rows_before(struct list_source *source, const void *item, size_t wanted, void **items)
{
	return gather(page_of(source), item, false, false, wanted, items);
}

static void *row_again(struct list_source *source, const void *item)
{
	void *row = NULL;

	return gather(page_of(source), item, true, true, 1, &row) > 0 ? row : NULL;
}

static void row_cell(
	struct list_source *source, const void *item, size_t column, struct buffer *text)
{
	const char *cell = ((const struct change_row *)item)->cells[column];

	(void)source;
	/* One line here; Enter shows all. */
	for (; *cell != '\0'; cell++)
		buffer_add_char(text, *cell == '\n' || *cell == '\t' ? ' ' : *cell);
}

static bool rows_same(struct list_source *source, const void *left, const void *right)
{
	const struct change_row *a = left, *b = right;

	(void)source;
	return compare_places(&a->place, &b->place) == 0 && a->index == b->index;
}

static void row_drop(struct list_source *source, void *item)
{
	(void)source;
	row_free(item);
}

/* ---- reading one in full ---- */

/* "Before: 4"; what has lines of its own begins on the next. */
static void add_side(struct buffer *text, const char *heading, const char *value)
{
	buffer_format(text, "%s%s%s\n", heading, strchr(value, '\n') != NULL ? "\n" : " ",
		*value != '\0' ? value : "(empty)");
}

static void show_all(const struct change_row *row)
{
	struct buffer text = {0}, title = {0};

	buffer_format(
		&title, "%s of %s", row->field != NULL ? row->field->label : "A column", row->key);
	buffer_format(&text, "%s, by %s\n\n", row->cells[COLUMN_WHEN], row->cells[COLUMN_WHO]);
	add_side(&text, "Before:", row->cells[COLUMN_BEFORE]);
	if (strchr(row->cells[COLUMN_BEFORE], '\n') != NULL)
		buffer_add_char(&text, '\n');
	add_side(&text, "After:", row->cells[COLUMN_AFTER]);
	dialog_tell(buffer_text(&title), buffer_text(&text));
	buffer_free(&title);
	buffer_free(&text);
}

/* ---- putting an old value back ---- */

/* The record as it is now, when its field may take the old value; else NULL with the reason said.
 */
static struct record *open_for_putting_back(struct history_page *page, const struct change_row *row)
{
	struct record *record;
	struct error err;

	if (strcmp(store_role(page->store), "director") != 0) {
		message_set(ROLE_WARNING,
			"The director puts old values back. Read it here and type it again on the record.");
		return NULL;
	}
	if (!row->update || row->field == NULL || row->type == NULL) {
		message_set(ROLE_WARNING,
			"There is no value before this to put back; p works on a changed field.");
		return NULL;
	}
	record = record_load(page->store, row->type, row->key, &err);
	if (record == NULL) {
		message_set(ROLE_WARNING, err.text);
		return NULL;
	}
	if (record_may_set(page->store, record, row->field))
		return record;
	message_format(ROLE_WARNING,
		"%s of %s stands as it is, or only an action changes it; the record's page says which.",
		row->field->label, row->key);
	record_free(record);
	return NULL;
}

static void forget_chosen(struct history_page *page)
{
	row_free(page->chosen);
	page->chosen = NULL;
	value_clear(&page->shown);
}

static void put_back(void *context);

/* Asks about the chosen row and the record as it is now; first: what to tell before, or NULL. */
static void ask_about(struct history_page *page, const struct record *record, const char *first)
{
	const struct change_row *row = page->chosen;
	struct buffer title = {0}, text = {0}, now = {0};

	value_copy(&page->shown, record_value(record, row->field->key));
	buffer_format(&title, "Put %s of %s back?", row->field->label, row->key);
	if (first != NULL)
		buffer_format(&text, "%s\n\n", first);
	record_value_text(page->store, row->field, &page->shown, &now);
	add_side(&text, "It is now:", buffer_text(&now));
	add_side(&text, "It becomes:", row->cells[COLUMN_BEFORE]);
	buffer_add(&text, "\nIt is saved as a new change; what lies between stays in the history.");
	dialog_confirm(
		buffer_text(&title), buffer_text(&text), "Put it back", "Leave it", put_back, page);
	buffer_free(&now);
	buffer_free(&title);
	buffer_free(&text);
}

/* It is not what the question said any more: who made it what, and the question again. */
static void ask_anew(struct history_page *page, const struct record *record)
{
	struct buffer first = {0};

	history_last(page->store, record->type, record_key(record), &first);
	buffer_add(&first, " meanwhile, so nothing was put back.");
	list_reload(page->list);
	ask_about(page, record, buffer_text(&first));
	buffer_free(&first);
}

static void put_back(void *context)
{
	struct history_page *page = context;
	const struct change_row *row = page->chosen;
	struct record *record = open_for_putting_back(page, row);
	struct error err;

	if (record != NULL && !value_same(record_value(record, row->field->key), &page->shown)) {
		ask_anew(page, record);
	} else if (record != NULL) {
		if (record_set(page->store, record, row->field->key, row->before, &err) &&
			session_save(page->store, record, &err))
			message_format(ROLE_GOOD, "%s of %s is as before. ^Z takes that back.",
				row->field->label, row->key);
		else
			message_set(ROLE_BAD, err.text);
		list_reload(page->list);
	}
	record_free(record);
}

static void ask_to_put_back(struct history_page *page, const struct change_row *row)
{
	struct record *record = open_for_putting_back(page, row);

	if (record == NULL)
		return;
	forget_chosen(page);
	gather(page, row, true, true, 1, (void **)&page->chosen);
	if (page->chosen != NULL)
		ask_about(page, record, NULL);
	record_free(record);
}

static void take_back(struct history_page *page)
{
	const struct change_row *row = list_focused(page->list);
	const struct record_type *type = row != NULL && row->type != NULL ? row->type : page->type;
	struct buffer said = {0};
	struct error err;

	if (session_undo(page->store, type, row != NULL ? row->key : page->key, &said, &err))
		message_set(ROLE_GOOD, buffer_text(&said));
	else
		message_set(ROLE_WARNING, err.text);
	list_reload(page->list);
	buffer_free(&said);
}

/* ---- the page ---- */

static void history_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct history_page *page = history_of(base);

	buffer_format(left, "%s > History of %s", page->type->plural, page->key);
	buffer_add(right, "newest first");
}

static void history_draw(struct page *base, struct area *area)
{
	list_draw(history_of(base)->list, area);
}

static enum page_answer history_key(struct page *base, const struct event *event)
{
	struct history_page *page = history_of(base);
	const struct change_row *row;

	if (event->kind == EVENT_RESIZE || list_key(page->list, event))
		return PAGE_HANDLED;
	row = list_focused(page->list);
	if (event->command == COMMAND_UNDO)
		take_back(page);
	else if (event->command == COMMAND_REFRESH)
		list_reload(page->list);
	else if (row != NULL && event->kind == EVENT_KEY && event->key == PRESS_ENTER)
		show_all(row);
	else if (row != NULL && event_is(event, 'p'))
		ask_to_put_back(page, row);
	else
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

static bool history_tick(struct page *base)
{
	struct history_page *page = history_of(base);

	if (!others_saved(page->store, &page->data_version))
		return false;
	list_refresh(page->list);
	return true;
}

static void history_resumed(struct page *base)
{
	list_refresh(history_of(base)->list);
}

static const struct hint *history_hints(struct page *base)
{
	static const struct hint director[] = {{"Enter", "In full"}, {"p", "Put back"},
		{"Esc", "Back"}, {"?", "Help"}, {NULL, NULL}};
	static const struct hint others[] = {
		{"Enter", "In full"}, {"Esc", "Back"}, {"?", "Help"}, {NULL, NULL}};

	return strcmp(store_role(history_of(base)->store), "director") == 0 ? director : others;
}

static const char *history_help(struct page *page)
{
	(void)page;
	return "Who changed which field of the record and of its parts, when, and what it was before. "
	       "Two names are a person and the login that acted for them.\n"
	       "Enter\tshows both sides in full\n"
	       "p\tputs the value before back, as a new change (the director)\n"
	       "^Z\ttakes that back\n";
}

static void history_free(struct page *base)
{
	struct history_page *page = history_of(base);

	list_free(page->list);
	forget_chosen(page);
	free(page->key);
	free(page);
}

static const struct page_class history_class = {
	.title = history_title,
	.draw = history_draw,
	.key = history_key,
	.tick = history_tick,
	.resumed = history_resumed,
	.hints = history_hints,
	.help = history_help,
	.free = history_free,
};

void history_open(struct store *store, const struct record_type *type, const char *key)
{
	static const struct list_column columns[COLUMN_COUNT] = {
		{.heading = "When", .width = 16},
		{.heading = "Who", .width = 8, .wanted = 12, .grow = 1, .priority = 1},
		{.heading = "What", .width = 9, .wanted = 14, .grow = 1},
		{.heading = "Before", .width = 8, .wanted = 12, .grow = 3, .priority = 2},
		{.heading = "After", .width = 8, .wanted = 20, .grow = 3},
	};
	struct history_page *page = memory_new(sizeof *page);

	page->page.class = &history_class;
	page->source = (struct list_source){.after = rows_after,
		.before = rows_before,
		.again = row_again,
		.cell = row_cell,
		.same = rows_same,
		.free = row_drop};
	page->store = store;
	page->type = type;
	page->key = memory_text(key);
	page->data_version = store_data_version(store);
	page->list =
		list_new(&page->source, columns, COLUMN_COUNT, "Nothing was ever written here.");
	page_push(&page->page);
}
