/*
 * record_tabs.c - the lists of records that refer to this one, as tabs of its page.
 * GPL-3.0-or-later.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "screens/record_page.h"
#include "tui/loop.h"

enum { GAP = 2 };

static void part_changed(void *context)
{
	struct record_page *page = context;

	/* A change to a part changes its whole: total, version, what may be done. */
	record_page_reload(page);
}

static void count(struct record_page *page, int index)
{
	struct tab *tab = &page->tabs[index];
	const struct record_query query = {.type = tab->child.type,
		.parent_field = tab->child.reference->key,
		.parent = record_key(page->record)};

	tab->count = record_count(page->store, &query);
	if (tab->count < 0)
		tab->count = 0;
}

void tabs_start(struct record_page *page)
{
	struct child_list children[TABS_MOST];

	page->part = -1;
	page->tab_count = 0;
	if (page->record->id == 0)
		return;
	page->tab_count = record_type_children(page->type, children, TABS_MOST);
	for (int i = 0; i < page->tab_count; i++) {
		page->tabs[i] = (struct tab){.child = children[i], .count = -1};
		if (page->extra != NULL && page->extra->part != NULL && page->part < 0 &&
			strcmp(page->extra->part, children[i].type->name) == 0)
			page->part = i;
	}
	/* How many parts there are decides where everything stands. */
	if (page->part >= 0)
		count(page, page->part);
}

void tabs_free(struct record_page *page)
{
	for (int i = 0; i < page->tab_count; i++)
		record_rows_free(page->tabs[i].keys.rows);
	page->tab_count = 0;
}

struct row_keys *tabs_rows(struct record_page *page, int index)
{
	struct tab *tab = &page->tabs[index];

	if (tab->keys.rows != NULL)
		return &tab->keys;
	tab->keys = (struct row_keys){.store = page->store,
		.type = tab->child.type,
		.reference = tab->child.reference,
		.parent = record_key(page->record),
		.whole = page->record,
		.changed = part_changed,
		.context = page};
	row_keys_start(&tab->keys);
	tab->keys.rows = record_rows_new(page->store, tab->child.type, tab->child.reference,
		record_key(page->record), tab->keys.writes);
	return &tab->keys;
}

struct row_keys *tabs_focused(struct record_page *page)
{
	if (page->editing)
		return NULL;
	if (page->tab > 0)
		return tabs_rows(page, page->tab - 1);
	return page->in_parts && page->part >= 0 ? tabs_rows(page, page->part) : NULL;
}

void tabs_follow(struct record_page *page)
{
	for (int i = 0; i < page->tab_count; i++) {
		page->tabs[i].keys.parent = record_key(page->record);
		page->tabs[i].keys.whole = page->record;
	}
}

void tabs_refresh(struct record_page *page)
{
	page->aside.fresh = false;
	for (int i = 0; i < page->tab_count; i++) {
		struct tab *tab = &page->tabs[i];

		tab->count = -1;
		if (tab->keys.rows == NULL)
			continue;
		row_keys_start(&tab->keys);
		record_rows_refresh(tab->keys.rows);
	}
	if (page->part >= 0)
		count(page, page->part);
}

/* One tab is counted at a time, so that a key never waits for all of them. */
static bool count_next(struct record_page *page)
{
	for (int i = 0; i < page->tab_count; i++) {
		if (page->tabs[i].count >= 0)
			continue;
		count(page, i);
		return true;
	}
	return false;
}

bool tabs_idle(struct record_page *page)
{
	struct row_keys *focused = tabs_focused(page);

	if (focused != NULL && row_keys_idle(focused))
		return true;
	return count_next(page);
}

void tabs_aside(struct record_page *page)
{
	struct aside_list lists[TABS_MOST];
	int count = 0;

	/* The parts below the fields need not stand beside them, too. */
	for (int i = 0; i < page->tab_count; i++)
		if (i != page->part)
			lists[count++] =
				(struct aside_list){page->tabs[i].child, page->tabs[i].count};
	aside_read(page->store, page->record, lists, count, &page->aside);
}

/* ---- the line of tabs ---- */

/* Two lists of one type are told apart by what refers. */
static bool has_twin(const struct record_page *page, int index)
{
	for (int i = 0; i < page->tab_count; i++) {
		if (i != index && page->tabs[i].child.type == page->tabs[index].child.type)
			return true;
	}
	return false;
}

/* The words of a tab, 0 being the record itself. */
static void add_label(const struct record_page *page, int tab, struct buffer *out)
{
	const struct tab *list = tab == 0 ? NULL : &page->tabs[tab - 1];

	if (list == NULL) {
		buffer_add(out, page->type->label);
		out->data[0] = (char)toupper((unsigned char)out->data[0]);
		return;
	}
	buffer_add(out, list->child.type->plural);
	if (has_twin(page, tab - 1))
		buffer_format(out, " (%s)", list->child.reference->label);
	if (list->count >= 0)
		buffer_format(out, " %" PRId64, list->count);
}

static int label_cells(const struct record_page *page, int tab)
{
	struct buffer label = {0};
	int cells;

	add_label(page, tab, &label);
	cells = text_width(buffer_text(&label)) + 2;
	buffer_free(&label);
	return cells;
}

/* The first tab to show so that the present one is in sight. */
static int first_shown(const struct record_page *page, int width)
{
	int first = page->tab;
	int used = label_cells(page, first);

	while (first > 0 && used + label_cells(page, first - 1) + GAP <= width)
		used += label_cells(page, --first) + GAP;
	return first;
}

void tabs_draw(struct record_page *page, struct area *area)
{
	int width = area->columns - 2;
	int first = first_shown(page, width);
	int column = 0;

	if (first > 0)
		draw_text(area, 0, 0, 1, ROLE_HINT, "<");
	for (int tab = first; tab <= page->tab_count; tab++) {
		int cells = label_cells(page, tab);
		bool present = tab == page->tab;
		struct buffer label = {0};

		if (column + cells > width && !present) {
			draw_text(area, 0, area->columns - 1, 1, ROLE_HINT, ">");
			break;
		}
		add_label(page, tab, &label);
		if (present && page->tab_count > 0)
			draw_format(
				area, 0, column, cells, ROLE_TITLE, "[%s]", buffer_text(&label));
		else
			draw_format(
				area, 0, column, cells, ROLE_PLAIN, " %s ", buffer_text(&label));
		buffer_free(&label);
		column += cells + GAP - 1;
	}
}

/* ---- keys ---- */

static void go(struct record_page *page, int tab)
{
	page->tab = tab;
	page->in_parts = false;
	if (tab > 0)
		row_keys_forget(tabs_rows(page, tab - 1));
}

bool tabs_key(struct record_page *page, const struct event *event)
{
	int tabs = page->tab_count + 1;
	int step = 0;

	if (event->kind == EVENT_CHAR && event->codepoint >= '1' && event->codepoint <= '9') {
		if ((int)(event->codepoint - '1') >= tabs)
			return false;
		go(page, (int)(event->codepoint - '1'));
		return true;
	}
	if (event->kind != EVENT_KEY || tabs == 1)
		return false;
	if (event->key == PRESS_RIGHT || event->key == PRESS_TAB)
		step = 1;
	else if (event->key == PRESS_LEFT || event->key == PRESS_BACKTAB)
		step = tabs - 1;
	if (step > 0)
		go(page, (page->tab + step) % tabs);
	return step > 0;
}
