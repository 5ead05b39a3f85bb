/*
 * widgets.c - a program with nothing behind it: every widget of src/tui on made-up rows, for
 * test_widgets to drive. GPL-3.0-or-later.
 *
 * usage: widgets [ROWS [TICK [DRAFT]]]: rows in the list (1,000,000), milliseconds between
 * ticks (0: none), file that is written when the line goes down. Ends with the loop's reason:
 * 0 left, 3 hung up, 4 stopped; 1 when the terminal will not do.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "core/text.h"
#include "tui/chart.h"
#include "tui/dialog.h"
#include "tui/keys.h"
#include "tui/list.h"
#include "tui/loop.h"
#include "tui/menu.h"
#include "tui/page.h"
#include "tui/terminal.h"

static int64_t row_count = 1000000;
static const char *draft_path;

/* ---- rows: numbers from 1 to row_count, without those that were taken away ---- */

enum { GONE_MOST = 64 };

struct rows {
	struct list_source source;
	int64_t gone[GONE_MOST];
	size_t gone_count;
};

static bool row_exists(const struct rows *rows, int64_t number)
{
	for (size_t i = 0; i < rows->gone_count; i++)
		if (rows->gone[i] == number)
			return false;
	return number >= 1 && number <= row_count;
}

static int64_t number_of(const void *item)
{
	return *(const int64_t *)item;
}

static void *make_row(int64_t number)
{
	int64_t *item = memory_new(sizeof *item);

	*item = number;
	return item;
}

/* Rows from number on, one step at a time. */
static size_t take_rows(struct rows *rows, int64_t number, int step, size_t wanted, void **items)
{
	size_t got = 0;

	for (; got < wanted && number >= 1 && number <= row_count; number += step)
		if (row_exists(rows, number))
			items[got++] = make_row(number);
	return got;
}

static size_t rows_after(struct list_source *source, const void *item, size_t wanted, void **items)
{
	return take_rows(
		(struct rows *)source, item != NULL ? number_of(item) + 1 : 1, 1, wanted, items);
}

static size_t rows_before(struct list_source *source, const void *item, size_t wanted, void **items)
{
	return take_rows((struct rows *)source, item != NULL ? number_of(item) - 1 : row_count, -1,
		wanted, items);
}

static void *rows_again(struct list_source *source, const void *item)
{
	void *found = NULL;

	take_rows((struct rows *)source, number_of(item), 1, 1, &found);
	return found;
}

static void rows_cell(
	struct list_source *source, const void *item, size_t column, struct buffer *text)
{
	static const char *const names[] = {"Lakeside Family Medicine, PLLC", "Marlow Pediatrics",
		"Bay Orthopedics", "Müller & Søn Cardiology", "北京 Clinic"};
	static const char *const cities[] = {"Marlow", "San Rafael", "Port Ellen"};
	int64_t number = number_of(item);

	(void)source;
	if (column == 0)
		buffer_format(text, "C-%07" PRId64, number);
	else if (column == 1)
		buffer_add(text, names[number % 5]);
	else if (column == 2)
		buffer_add(text, cities[number % 3]);
	else
		buffer_format(text, "%" PRId64 ".%02" PRId64, number * 37 % 9973, number % 100);
}

static bool rows_same(struct list_source *source, const void *left, const void *right)
{
	(void)source;
	return number_of(left) == number_of(right);
}

static int64_t rows_count(struct list_source *source)
{
	return row_count - (int64_t)((struct rows *)source)->gone_count;
}

static int64_t rows_rank(struct list_source *source, const void *item)
{
	const struct rows *rows = (struct rows *)source;
	int64_t rank = number_of(item) - 1;

	for (size_t i = 0; i < rows->gone_count; i++)
		rank -= rows->gone[i] < number_of(item);
	return rank;
}

static void rows_free(struct list_source *source, void *item)
{
	(void)source;
	free(item);
}

static const struct list_source rows_source = {
	.after = rows_after,
	.before = rows_before,
	.again = rows_again,
	.cell = rows_cell,
	.same = rows_same,
	.count = rows_count,
	.rank = rows_rank,
	.free = rows_free,
};

static const struct list_column list_columns[] = {
	{.heading = "Client", .width = 9},
	{.heading = "Name", .width = 16, .wanted = 30, .grow = 1},
	{.heading = "City", .width = 10, .priority = 2},
	{.heading = "Fees", .width = 9, .right = true, .priority = 1},
};

/* ---- a page that says which events it got ---- */

enum { EVENTS = 12 };

struct key_page {
	struct page page;
	char *lines[EVENTS];
};

static void keys_add(struct key_page *keys, char *line)
{
	free(keys->lines[0]);
	memmove(&keys->lines[0], &keys->lines[1], (EVENTS - 1) * sizeof keys->lines[0]);
	keys->lines[EVENTS - 1] = line;
}

static void keys_title(struct page *page, struct buffer *left, struct buffer *right)
{
	(void)page;
	(void)right;
	buffer_add(left, "Keys");
}

static void keys_draw(struct page *page, struct area *area)
{
	struct key_page *keys = (struct key_page *)page;

	for (int i = 0; i < EVENTS; i++)
		if (keys->lines[i] != NULL)
			draw_text(area, i, 1, area->columns - 1, ROLE_PLAIN, keys->lines[i]);
	draw_cursor(area, EVENTS - 1, 0);
}

static void describe(const struct event *event, struct buffer *line)
{
	const struct key_name *name = key_named(event->command);

	if (event->kind == EVENT_CHAR)
		buffer_format(line, "[U+%04X]", (unsigned)event->codepoint);
	else if (event->kind == EVENT_PASTE)
		buffer_format(line, "[paste %zu%s]", event->length, event->cut ? " cut" : "");
	else if (event->kind == EVENT_RESIZE)
		buffer_add(line, "[resize]");
	else if (event->key > PRESS_F)
		buffer_format(line, "[F%d]", event->key - PRESS_F);
	else
		buffer_format(line, "[key %d]", event->key);
	if (event->command != COMMAND_NONE)
		buffer_format(line, " %s", name->does);
	if (event->kind == EVENT_PASTE && event->length < 60)
		for (size_t i = 0; i < event->length; i++)
			buffer_add_char(line, event->text[i] == '\n' ? '|' : event->text[i]);
}

static enum page_answer keys_key(struct page *page, const struct event *event)
{
	struct buffer line = {0};

	if (event->key == KEY_CTRL('c'))
		return PAGE_IGNORED;
	describe(event, &line);
	keys_add((struct key_page *)page, buffer_take(&line));
	return PAGE_HANDLED;
}

static void keys_free(struct page *page)
{
	struct key_page *keys = (struct key_page *)page;

	for (int i = 0; i < EVENTS; i++)
		free(keys->lines[i]);
	free(keys);
}

static const struct page_class keys_class = {
	.title = keys_title, .draw = keys_draw, .key = keys_key, .free = keys_free};

static void open_keys(void)
{
	struct key_page *keys = memory_new(sizeof *keys);

	keys->page.class = &keys_class;
	page_push(&keys->page);
}

/* ---- charts ---- */

static void charts_draw(struct page *page, struct area *area)
{
	static const int64_t months[] = {3, 3, 4, 5, 5, 6, 6, 7, CHART_GAP, 9, 10};

	(void)page;
	draw_text(area, 0, 1, 10, ROLE_TITLE, "Payroll");
	draw_bar(area, 0, 12, 10, 88, 100);
	draw_text(area, 1, 1, 10, ROLE_TITLE, "Travel");
	draw_bar(area, 1, 12, 10, 108, 100);
	draw_text(area, 2, 1, 10, ROLE_TITLE, "IT");
	draw_bar(area, 2, 12, 10, 1, 1000);
	draw_text(area, 3, 1, 10, ROLE_TITLE, "Fees");
	draw_spark(area, 3, 12, 20, months, 11);
	draw_cursor(area, 0, 1);
}

static enum page_answer charts_key(struct page *page, const struct event *event)
{
	(void)page;
	(void)event;
	return PAGE_IGNORED;
}

static void charts_free(struct page *page)
{
	free(page);
}

static const struct page_class charts_class = {
	.draw = charts_draw, .key = charts_key, .free = charts_free};

static void open_charts(void)
{
	struct page *page = memory_new(sizeof *page);

	page->class = &charts_class;
	page_push(page);
}

/* ---- the list page ---- */

struct list_page {
	struct page page;
	struct rows rows;
	struct list *list;
	bool changed; /* asks before it is left */
	int ticks;
};

static struct list_page *list_page_of(struct page *page)
{
	return (struct list_page *)page;
}

static void list_page_title(struct page *page, struct buffer *left, struct buffer *right)
{
	buffer_add(left, "Clients");
	list_summary(list_page_of(page)->list, right);
}

static void list_page_draw(struct page *page, struct area *area)
{
	list_draw(list_page_of(page)->list, area);
}

static bool list_page_tick(struct page *page)
{
	message_format(ROLE_PLAIN, "Tick %d", ++list_page_of(page)->ticks);
	return true;
}

static bool list_page_idle(struct page *page)
{
	return list_idle(list_page_of(page)->list);
}

static const struct hint *list_page_hints(struct page *page)
{
	static const struct hint hints[] = {{"Enter", "Open"}, {"m", "Menu"}, {"d", "Dialog"},
		{"^P", "Commands"}, {"k", "Keys"}, {"c", "Charts"}, {"Esc", "Leave"}, {NULL, NULL}};

	(void)page;
	return hints;
}

static void left(void *context, size_t button)
{
	struct list_page *list = context;

	if (button < 2)
		page_close(&list->page);
}

static bool list_page_may_leave(struct page *page)
{
	if (!list_page_of(page)->changed)
		return true;
	dialog_open(&(struct dialog){
		.title = "Not saved",
		.text = "What you typed is not saved. Saving keeps it; discarding loses it for good.",
		.buttons = {{'s', "Save"}, {'d', "Discard"}, {'y', "Stay"}},
		.harmless = 2,
		.answered = left,
		.context = page,
	});
	return false;
}

static void list_page_save_draft(struct page *page)
{
	int file;

	(void)page;
	if (draft_path == NULL)
		return;
	file = open(draft_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (file < 0 || write(file, "draft\n", 6) != 6 || close(file) != 0)
		fatal("cannot write %s", draft_path);
}

static void list_page_resumed(struct page *page)
{
	(void)page;
	message_set(ROLE_GOOD, "Back again.");
}

static void list_page_free(struct page *page)
{
	list_free(list_page_of(page)->list);
	free(page);
}

static void menu_chosen(void *context, int choice)
{
	(void)context;
	message_format(ROLE_PLAIN, "Menu: %d", choice);
}

static void open_menu(bool bar)
{
	static const struct menu_choice choices[] = {{"Approve", "a"}, {"Return to the clerk", "r"},
		{"Ask for a quote", NULL}, {"Überweisen", "u"}, {"", NULL}, {"Close", "x"}};

	menu_open(&(struct menu){
		.title = "Do",
		.choices = choices,
		.count = sizeof choices / sizeof choices[0],
		.row = bar ? 1 : -1,
		.column = bar ? 4 : -1,
		.bar = bar,
		.chosen = menu_chosen,
	});
}

static void dialog_answered(void *context, size_t button)
{
	(void)context;
	message_format(ROLE_PLAIN, "Answer: %zu", button);
}

static void confirmed(void *context)
{
	(void)context;
	message_set(ROLE_PLAIN, "Confirmed.");
}

static void open_dialog(void)
{
	dialog_open(&(struct dialog){
		.title = "Someone was faster",
		.text = "C-0007 was changed by M. Chen at 14:03, while you were editing.\n\nNothing "
			"you typed is lost.",
		.buttons = {{'t', "Take theirs"}, {'k', "Keep yours"}, {'b', "Back to the form"}},
		.harmless = 2,
		.answered = dialog_answered,
	});
}

static void open_long(void)
{
	struct buffer text = {0};

	for (int i = 1; i <= 60; i++)
		buffer_format(&text, "Line %d of the long story\n", i);
	dialog_tell("Long", buffer_text(&text));
	buffer_free(&text);
}

static void delete_row(struct list_page *list)
{
	const void *item = list_focused(list->list);

	if (item != NULL && list->rows.gone_count < GONE_MOST)
		list->rows.gone[list->rows.gone_count++] = number_of(item);
	list_refresh(list->list);
}

static bool list_page_letter(struct list_page *list, uint32_t letter)
{
	switch (letter) {
	case 'm':
	case 'b':
		open_menu(letter == 'b');
		return true;
	case 'd':
		open_dialog();
		return true;
	case 'y':
		dialog_confirm("Sure?", "Cancel the order?", "Cancel it", "Close", confirmed, NULL);
		return true;
	case 'l':
		open_long();
		return true;
	case 'k':
		open_keys();
		return true;
	case 'c':
		open_charts();
		return true;
	case 'u':
		list->changed = true;
		return true;
	case 'x':
		delete_row(list);
		return true;
	case 'g':
		list_go(list->list, make_row(row_count / 2));
		return true;
	case 'w':
		message_set(ROLE_BAD,
			"Request PR-2026-0042 is 1,000.01; the director may approve up to 1,000.00. "
			"Ask the Board: link a carried motion.");
		return true;
	case '!':
		fatal("told to");
	default:
		return false;
	}
}

static enum page_answer list_page_key(struct page *page, const struct event *event)
{
	struct list_page *list = list_page_of(page);

	if (list_key(list->list, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_CHAR && list_page_letter(list, event->codepoint))
		return PAGE_HANDLED;
	if (event->command == COMMAND_REFRESH) {
		list_refresh(list->list);
		return PAGE_HANDLED;
	}
	return PAGE_IGNORED;
}

static const struct page_class list_class = {
	.title = list_page_title,
	.draw = list_page_draw,
	.key = list_page_key,
	.tick = list_page_tick,
	.idle = list_page_idle,
	.hints = list_page_hints,
	.may_leave = list_page_may_leave,
	.save_draft = list_page_save_draft,
	.resumed = list_page_resumed,
	.free = list_page_free,
};

static void open_list(void)
{
	struct list_page *list = memory_new(sizeof *list);

	list->page.class = &list_class;
	list->rows.source = rows_source;
	list->list = list_new(&list->rows.source, list_columns,
		sizeof list_columns / sizeof list_columns[0],
		"No clients yet. n writes the first.");
	page_push(&list->page);
}

/* ---- commands ---- */

static void command_rows(void *context, const char *typed, struct picker_rows *rows)
{
	static const char *const commands[] = {"Budget: amend the adopted budget",
		"Budget: compare with actuals", "Report: budget against actual",
		"Clients: new client", "Staff: holidays", "Vendors: überprüfen"};
	static const char *const keys[] = {"Enter", "v", "", "n", "h", NULL};

	(void)context;
	(void)typed;
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		picker_offer(rows, commands[i], keys[i], "value", (int64_t)i);
}

static void command_picked(void *context, const struct picker_row *row, const char *typed)
{
	(void)context;
	if (row == NULL)
		message_format(ROLE_PLAIN, "Nothing picked for '%s'", typed);
	else
		message_format(ROLE_PLAIN, "Picked %d %s", (int)row->id, row->value);
}

static enum page_answer ignored(void *context, struct page *top, const struct event *event)
{
	(void)context;
	(void)top;
	if (event->command != COMMAND_COMMANDS)
		return PAGE_IGNORED;
	picker_open(&(struct picker){
		.title = "All commands", .rows = command_rows, .picked = command_picked});
	return PAGE_HANDLED;
}

int main(int argc, char **argv)
{
	struct loop_options options = {.ignored = ignored};
	struct error err;
	enum loop_end end;

	if (argc > 1)
		row_count = strtoll(argv[1], NULL, 10);
	if (argc > 2)
		options.tick = atoi(argv[2]);
	if (argc > 3)
		draft_path = argv[3];
	if (!terminal_start(&err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	open_list();
	end = loop_run(&options);
	terminal_stop();
	return end == LOOP_LEFT ? 0 : end == LOOP_HUNG_UP ? 3 : 4;
}
