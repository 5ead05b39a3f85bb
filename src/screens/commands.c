/*
 * commands.c - ^P: every command by its name: what the page on top offers, then all lists and
 * views, new records, and the ways around the office. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/views.h"
#include "screens/menus.h"
#include "screens/screens.h"
#include "tui/loop.h"
#include "tui/menu.h"

enum { CLASSES = 16, VIEWS = 64 };

struct office_command {
	char *label, *detail; /* owned */
	void (*run)(void *context, int number);
	void *context;
	int number;
};

struct command_list {
	struct store *store;
	struct office_command *commands; /* owned */
	int count;
};

/* Which page classes have commands of their own. */
static struct {
	const struct page_class *class;
	void (*offer)(struct page *page, struct command_list *list);
} offers[CLASSES];
static int offer_count;

void commands_of(
	const struct page_class *class, void (*offer)(struct page *page, struct command_list *list))
{
	for (int i = 0; i < offer_count; i++) {
		if (offers[i].class == class)
			return;
	}
	if (offer_count == CLASSES)
		fatal("more than %d kinds of pages have commands", CLASSES);
	offers[offer_count].class = class;
	offers[offer_count++].offer = offer;
}

void command_add(struct command_list *list, const char *label, const char *key,
	void (*run)(void *context, int number), void *context, int number)
{
	list->commands =
		memory_resize(list->commands, (size_t)(list->count + 1) * sizeof *list->commands);
	list->commands[list->count++] = (struct office_command){
		memory_text(label), memory_text(key == NULL ? "" : key), run, context, number};
}

/* ---- the office's own commands ---- */

static void run_list(void *context, int number)
{
	const struct record_type *type = record_types[number / VIEWS];
	int view = number % VIEWS;

	browse_open(context, type, type->views == NULL ? NULL : type->views[view].name, NULL);
}

/* As they were read when the palette opened: nobody else writes them. */
static void run_own(void *context, int number)
{
	const struct record_type *type = record_types[number / VIEWS];
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(context, type, views);
	int view = number % VIEWS;

	if (view < count)
		browse_open(context, type, views[view].name, NULL);
	saved_views_free(views, count);
}

static void run_new(void *context, int number)
{
	record_open_new(context, record_types[number], NULL, NULL);
}

static void run_find(void *context, int number)
{
	(void)number;
	find_open(context, "");
}

static void run_home(void *context, int number)
{
	(void)context;
	(void)number;
	menus_go_home();
}

static void run_menu(void *context, int number)
{
	(void)number;
	menu_bar_open(context);
}

static void run_help(void *context, int number)
{
	(void)number;
	help_open(context, page_top());
}

static void run_leave(void *context, int number)
{
	(void)context;
	(void)number;
	if (menus_go_home())
		page_leave(page_top());
}

static void add_own_views(struct command_list *list, int index)
{
	const struct record_type *type = record_types[index];
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(list->store, type, views);
	struct buffer label = {0};

	for (int i = 0; i < count; i++) {
		buffer_clear(&label);
		buffer_format(&label, "%s: %s", type->plural, views[i].name);
		command_add(list, buffer_text(&label), "yours", run_own, list->store,
			index * VIEWS + i);
	}
	saved_views_free(views, count);
	buffer_free(&label);
}

static void add_lists(struct command_list *list, int index)
{
	const struct record_type *type = record_types[index];
	struct buffer label = {0};

	for (int i = 0; type->views != NULL && type->views[i].name != NULL; i++) {
		buffer_clear(&label);
		buffer_format(&label, "%s: %s", type->plural, type->views[i].label);
		command_add(list, buffer_text(&label), type->group, run_list, list->store,
			index * VIEWS + i);
	}
	if (type->views == NULL)
		command_add(list, type->plural, type->group, run_list, list->store, index * VIEWS);
	add_own_views(list, index);
	buffer_clear(&label);
	buffer_format(&label, "New %s", type->label);
	if (record_may_write(list->store, type))
		command_add(list, buffer_text(&label), type->group, run_new, list->store, index);
	buffer_free(&label);
}

/* The type of the menu behind this one (-1: the first), by its place there; -1: none. */
static int next_in_menu(int index)
{
	int after = index < 0 ? -1 : record_types[index]->order;
	int next = -1;

	for (int i = 0; record_types[i] != NULL; i++) {
		int order = record_types[i]->order;

		if (menus_has(record_types[i]) && order > after &&
			(next < 0 || order < record_types[next]->order))
			next = i;
	}
	return next;
}

static void add_all(struct command_list *list, struct page *top)
{
	struct store *store = list->store;

	for (int i = 0; i < offer_count; i++) {
		if (top != NULL && offers[i].class == top->class)
			offers[i].offer(top, list);
	}
	command_add(list, "Find anything", "/", run_find, store, 0);
	for (int i = next_in_menu(-1); i >= 0; i = next_in_menu(i))
		add_lists(list, i);
	command_add(list, "Home", "", run_home, store, 0);
	command_add(list, "Menu", "F10", run_menu, store, 0);
	command_add(list, "Help for where you are", "F1", run_help, store, 0);
	command_add(list, "Leave the office (quit, exit)", "^X", run_leave, store, 0);
}

/* ---- the palette ---- */

static void command_rows(void *context, const char *typed, struct picker_rows *rows)
{
	const struct command_list *list = context;

	(void)typed;
	for (int i = 0; i < list->count; i++)
		picker_offer(rows, list->commands[i].label, list->commands[i].detail, "", i);
}

static void command_picked(void *context, const struct picker_row *row, const char *typed)
{
	const struct command_list *list = context;

	(void)typed;
	if (row != NULL)
		list->commands[row->id].run(
			list->commands[row->id].context, list->commands[row->id].number);
}

static void command_list_free(void *context)
{
	struct command_list *list = context;

	for (int i = 0; i < list->count; i++) {
		free(list->commands[i].label);
		free(list->commands[i].detail);
	}
	free(list->commands);
	free(list);
}

void commands_open(struct store *store, struct page *top)
{
	struct command_list *list = memory_new(sizeof *list);
	const struct picker picker = {.title = "All commands",
		.nothing = "No command here is called that; each list and record has its own.",
		.rows = command_rows,
		.picked = command_picked,
		.free = command_list_free,
		.context = list};

	list->store = store;
	add_all(list, top);
	picker_open(&picker);
}
