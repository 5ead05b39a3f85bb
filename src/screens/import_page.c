/*
 * import_page.c - what an import would do, row by row, before it does it all or nothing.
 * GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/import.h"
#include "screens/ask.h"
#include "screens/browse_parts.h"
#include "screens/screens.h"
#include "screens/words.h"
#include "tui/dialog.h"
#include "tui/list.h"
#include "tui/loop.h"

struct import_page {
	struct list_source source; /* see source_of */
	struct page page;
	struct store *store;
	struct import_plan *plan; /* owned */
	struct list *list;
	bool only_errors;
	struct hint hints[8];
};

static const struct list_column columns[] = {
	{.heading = "Line", .width = 6, .right = true},
	{.heading = "Record", .width = 12, .wanted = 22, .priority = 0},
	{.heading = "What", .width = 20, .grow = 1},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static struct import_page *import_of(struct page *page)
{
	return (struct import_page *)((char *)page - offsetof(struct import_page, page));
}

static struct import_page *source_of(struct list_source *source)
{
	return (struct import_page *)source;
}

/* ---- the list: an item is the index of a kept row ---- */

static bool is_wrong(const struct import_row *row)
{
	return row->kind == IMPORT_ERROR || row->kind == IMPORT_CONFLICT;
}

static bool is_listed(const struct import_page *page, int index)
{
	return !page->only_errors || is_wrong(&page->plan->kept[index]);
}

static int index_of(const void *item)
{
	return *(const int *)item;
}

static int *make_item(int index)
{
	int *item = memory_new(sizeof *item);

	*item = index;
	return item;
}

static size_t rows_after(struct list_source *source, const void *item, size_t wanted, void **items)
{
	struct import_page *page = source_of(source);
	size_t count = 0;

	for (int i = item == NULL ? 0 : index_of(item) + 1;
		i < page->plan->kept_count && count < wanted; i++) {
		if (is_listed(page, i))
			items[count++] = make_item(i);
	}
	return count;
}

static size_t rows_before(struct list_source *source, const void *item, size_t wanted, void **items)
{
	struct import_page *page = source_of(source);
	size_t count = 0;

	for (int i = item == NULL ? page->plan->kept_count - 1 : index_of(item) - 1;
		i >= 0 && count < wanted; i--) {
		if (is_listed(page, i))
			items[count++] = make_item(i);
	}
	return count;
}

static void *rows_again(struct list_source *source, const void *item)
{
	struct import_page *page = source_of(source);

	for (int i = index_of(item); i < page->plan->kept_count; i++) {
		if (is_listed(page, i))
			return make_item(i);
	}
	return NULL;
}

static void add_changes(const struct import_row *row, const char *between, struct buffer *text)
{
	for (int i = 0; i < row->change_count; i++) {
		const struct import_change *change = &row->changes[i];

		buffer_format(text, "%s%s: ", i > 0 ? between : "", change->field->label);
		if (change->before != NULL && change->before[0] != '\0')
			buffer_format(text, "%s -> ", change->before);
		buffer_add(text, change->after == NULL || change->after[0] == '\0' ? "(empty)"
										   : change->after);
	}
}

/* Key and name, as far as they are known. */
static void add_record(const struct import_row *row, struct buffer *text)
{
	if (row->key[0] != '\0')
		buffer_add(text, row->key);
	else if (!is_wrong(row) || row->title[0] != '\0')
		buffer_add(text, "new");
	if (row->title[0] != '\0')
		buffer_format(text, "  %s", row->title);
}

/* The field as screens call it, and the heading of the file where that is another word. */
static void add_column(const struct import_row *row, struct buffer *text)
{
	if (row->field == NULL)
		buffer_add(text, row->column);
	else if (text_same(row->field->label, row->column))
		buffer_add(text, row->field->label);
	else
		buffer_format(text, "%s (%s)", row->field->label, row->column);
}

/* Column, value and why; most reasons name the value themselves. */
static void add_reason(const struct import_row *row, struct buffer *text)
{
	if (row->column[0] != '\0') {
		add_column(row, text);
		if (row->value[0] != '\0' && strstr(row->text, row->value) == NULL)
			buffer_format(text, " \"%s\"", row->value);
		buffer_add(text, ": ");
	}
	buffer_add(text, row->text);
}

static void rows_cell(
	struct list_source *source, const void *item, size_t column, struct buffer *text)
{
	const struct import_row *row = &source_of(source)->plan->kept[index_of(item)];

	if (column == 0) {
		buffer_format(text, "%" PRId64, row->line);
	} else if (column == 1) {
		add_record(row, text);
	} else if (is_wrong(row)) {
		buffer_format(text, "%s: ", import_kind_words[row->kind]);
		add_reason(row, text);
	} else if (row->kind == IMPORT_INSERT && row->twin != NULL) {
		buffer_format(text, "new, but %s %s already", row->twin,
			import_twins_by_name(source_of(source)->plan->type) ? "has this name"
									    : "is the same");
	} else if (row->kind == IMPORT_INSERT) {
		buffer_add(text, "a new record");
	} else {
		add_changes(row, "; ", text);
	}
}

static enum role rows_role(struct list_source *source, const void *item, size_t column)
{
	const struct import_row *row = &source_of(source)->plan->kept[index_of(item)];

	if (column != 2)
		return ROLE_PLAIN;
	return is_wrong(row) ? ROLE_BAD : row->twin != NULL ? ROLE_WARNING : ROLE_PLAIN;
}

static bool rows_same(struct list_source *source, const void *left, const void *right)
{
	(void)source;
	return index_of(left) == index_of(right);
}

static int64_t rows_count(struct list_source *source)
{
	struct import_page *page = source_of(source);
	int64_t count = 0;

	for (int i = 0; i < page->plan->kept_count; i++)
		count += is_listed(page, i);
	return count;
}

static void rows_free(struct list_source *source, void *item)
{
	(void)source;
	free(item);
}

/* ---- drawing ---- */

static void import_title(struct page *page, struct buffer *left, struct buffer *right)
{
	const struct import_plan *plan = import_of(page)->plan;

	buffer_format(left, "Import %s from %s", plan->type->plural, plan->name);
	buffer_add(right, "plan, nothing saved");
}

static void import_draw(struct page *base, struct area *area)
{
	struct import_page *page = import_of(base);
	const struct import_plan *plan = page->plan;
	struct buffer counts = {0};
	struct area rows = area_part(area, 3, 0, area->rows - 3, area->columns);

	draw_format(area, 0, 1, area->columns - 2, ROLE_PLAIN,
		"UTF-8, %s, headings in line %" PRId64 ", %" PRId64 " row%s%s", plan->delimiter,
		plan->heading_line, plan->rows, plan->rows == 1 ? "" : "s",
		plan->left_out ? "; the first are listed" : "");
	for (int i = 0; i < IMPORT_KINDS; i++)
		buffer_format(&counts, "%s %" PRId64 "   ", import_kind_words[i], plan->counts[i]);
	if (plan->twins > 0)
		buffer_format(&counts, "twice %" PRId64, plan->twins);
	draw_text(area, 1, 1, area->columns - 2, ROLE_TITLE, buffer_text(&counts));
	buffer_free(&counts);
	draw_rule(area, 2, 0, area->columns);
	list_draw(page->list, &rows);
}

static const struct hint *import_hints(struct page *base)
{
	struct import_page *page = import_of(base);
	bool clean = import_is_clean(page->plan);
	int count = 0;

	if (clean && page->plan->counts[IMPORT_INSERT] + page->plan->counts[IMPORT_UPDATE] > 0)
		page->hints[count++] = (struct hint){"i", "Import all or nothing"};
	page->hints[count++] = (struct hint){"Enter", "See row"};
	if (!clean) {
		page->hints[count++] =
			(struct hint){"f", page->only_errors ? "All rows" : "Only errors"};
		page->hints[count++] = (struct hint){"w", "Write errors file"};
	}
	page->hints[count++] = (struct hint){"Esc", "Back"};
	page->hints[count++] = (struct hint){"?", "Help"};
	page->hints[count] = (struct hint){NULL, NULL};
	return page->hints;
}

static const char *import_help(struct page *page)
{
	(void)page;
	return "Nothing is saved yet: this is what the file would do. Rows that are unchanged are only "
	       "counted. While a row is wrong or was changed here since the file was written, nothing "
	       "can be imported: write the errors file (w), mend it in a spreadsheet and import that, "
	       "or mend the file itself. Twice are new records with the name of one that is there "
	       "already, or the same in all: no error, but perhaps that one was meant and its key is "
	       "missing, or the file was imported before.";
}

/* ---- keys ---- */

/* All that is wrong with a row, then the row itself. */
static void add_wrong_row(
	const struct import_plan *plan, const struct import_row *row, struct buffer *text)
{
	for (int i = 0; i < plan->kept_count; i++) {
		if (plan->kept[i].line != row->line || !is_wrong(&plan->kept[i]))
			continue;
		add_reason(&plan->kept[i], text);
		buffer_add(text, "\n");
	}
	buffer_add(text, "\nThe row in the file:\n");
	import_cells(plan, row->line, text);
}

static void see_row(struct import_page *page)
{
	const void *item = list_focused(page->list);
	const struct import_row *row = item == NULL ? NULL : &page->plan->kept[index_of(item)];
	struct buffer title = {0}, text = {0};

	if (row == NULL)
		return;
	buffer_format(&title, "Line %" PRId64 ": %s", row->line, import_kind_words[row->kind]);
	add_record(row, &text);
	if (text.length > 0)
		buffer_add(&text, "\n\n");
	if (is_wrong(row))
		add_wrong_row(page->plan, row, &text);
	else
		add_changes(row, "\n", &text);
	dialog_tell(buffer_text(&title), buffer_text(&text));
	buffer_free(&title);
	buffer_free(&text);
}

static const struct field file_fields[] = {
	{.key = "file",
		.label = "File",
		.type = &text_type,
		.max = 400,
		.width = 50,
		.flags = FIELD_REQUIRED,
		.help = "The wrong rows with what is wrong; mended, this file can be imported itself."},
	{0},
};

static bool write_answered(void *context, const char *const *answers, struct error *err)
{
	struct import_page *page = context;

	if (!import_write_errors(page->store, page->plan, answers[0], err))
		return false;
	say_file("The wrong rows", "are in", answers[0]);
	return true;
}

/* "practices.csv" gives "practices.errors.csv", beside it. */
static void name_errors_file(const struct import_plan *plan, struct buffer *name)
{
	const char *path = plan->path != NULL ? plan->path : "import";
	size_t length = strlen(path);

	if (length > 4 && text_same(path + length - 4, ".csv"))
		length -= 4;
	buffer_format(name, "%.*s.errors.csv", (int)length, path);
}

static void write_errors(struct import_page *page)
{
	struct buffer name = {0};

	if (import_is_clean(page->plan)) {
		message_set(ROLE_PLAIN, "No row is wrong.");
		return;
	}
	name_errors_file(page->plan, &name);
	ask_open(page->store, &(struct ask){.title = "Write the wrong rows",
				      .does = "Write",
				      .file = true,
				      .fields = file_fields,
				      .prefill = buffer_text(&name),
				      .answered = write_answered,
				      .context = page});
	buffer_free(&name);
}

static void show_other(struct import_page *page)
{
	page->only_errors = !page->only_errors;
	list_reload(page->list);
}

/* Others were faster: what the file would do now is shown before anybody asks for it again. */
static void check_again(struct import_page *page, const char *why)
{
	struct buffer text = {0};
	struct error err;

	if (!import_check(page->store, page->plan, &err)) {
		message_set(ROLE_BAD, err.text);
		page_close(&page->page);
		return;
	}
	list_reload(page->list);
	buffer_format(
		&text, "%s\n\nThe plan is made anew: see it before you import (i) again.", why);
	dialog_tell("Not imported", buffer_text(&text));
	buffer_free(&text);
}

static void import_confirmed(void *context)
{
	struct import_page *page = context;
	struct error err;

	if (import_commit(page->store, page->plan, &err)) {
		message_format(ROLE_GOOD, "Imported: %" PRId64 " new, %" PRId64 " changed.",
			page->plan->counts[IMPORT_INSERT], page->plan->counts[IMPORT_UPDATE]);
		page_close(&page->page);
		return;
	}
	if (strcmp(err.code, "stale") == 0) {
		check_again(page, err.text);
		return;
	}
	message_set(ROLE_BAD, err.text);
	list_reload(page->list);
}

static void import_all(struct import_page *page)
{
	const struct import_plan *plan = page->plan;
	int64_t wrong = plan->counts[IMPORT_ERROR] + plan->counts[IMPORT_CONFLICT];
	struct buffer text = {0};

	if (wrong > 0) {
		message_format(ROLE_WARNING,
			"%" PRId64 " %s wrong, so nothing can be imported. w writes %s to a file "
			"to mend.",
			wrong, wrong == 1 ? "row is" : "rows are", wrong == 1 ? "it" : "them");
		return;
	}
	if (plan->counts[IMPORT_INSERT] + plan->counts[IMPORT_UPDATE] == 0) {
		message_set(
			ROLE_PLAIN, "The file brings nothing new, so there is nothing to import.");
		return;
	}
	buffer_format(&text, "%" PRId64 " new and %" PRId64 " changed %s. This cannot be undone.",
		plan->counts[IMPORT_INSERT], plan->counts[IMPORT_UPDATE], plan->type->plural);
	if (plan->twins > 0)
		buffer_add(&text, "\n\n");
	import_describe_twins(plan, &text);
	dialog_confirm("Import?", buffer_text(&text), "Import", "Not now", import_confirmed, page);
	buffer_free(&text);
}

static enum page_answer import_key(struct page *base, const struct event *event)
{
	struct import_page *page = import_of(base);
	uint32_t letter = event->kind == EVENT_CHAR ? event->codepoint : 0;

	if (event->kind == EVENT_RESIZE || list_key(page->list, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_KEY && event->key == PRESS_ENTER)
		see_row(page);
	else if (letter == 'f')
		show_other(page);
	else if (letter == 'w')
		write_errors(page);
	else if (letter == 'i')
		import_all(page);
	else
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

static bool import_idle(struct page *page)
{
	return list_idle(import_of(page)->list);
}

static void import_page_free(struct page *base)
{
	struct import_page *page = import_of(base);

	list_free(page->list);
	import_free(page->plan);
	free(page);
}

static const struct page_class import_class = {
	.title = import_title,
	.draw = import_draw,
	.key = import_key,
	.idle = import_idle,
	.hints = import_hints,
	.help = import_help,
	.free = import_page_free,
};

void import_page_open(struct store *store, struct import_plan *plan)
{
	struct import_page *page = memory_new(sizeof *page);

	page->page.class = &import_class;
	page->source = (struct list_source){.after = rows_after,
		.before = rows_before,
		.again = rows_again,
		.cell = rows_cell,
		.role = rows_role,
		.same = rows_same,
		.count = rows_count,
		.free = rows_free};
	page->store = store;
	page->plan = plan;
	page->list = list_new(&page->source, columns, COLUMNS,
		plan->rows == 0 ? "There is no row below the headings."
				: "Nothing in the file is new.");
	page_push(&page->page);
}
