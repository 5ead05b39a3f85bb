/*
 * page.c - the stack of pages, and the windows of overlays. GPL-3.0-or-later.
 */
#include "tui/page.h"

#include <ncurses.h>
#include <panel.h>

#include "tui/loop.h"
#include "tui/stack.h"

static struct page *top;
static struct page *buried; /* left, but perhaps still running */

struct page *page_top(void)
{
	return top;
}

struct page *page_full(void)
{
	struct page *page = top;

	while (page != NULL && page_is_overlay(page))
		page = page->below;
	return page;
}

bool page_is_overlay(const struct page *page)
{
	return page->class->place != NULL;
}

static bool on_stack(const struct page *page)
{
	for (const struct page *other = top; other != NULL; other = other->below)
		if (other == page)
			return true;
	return false;
}

void page_push(struct page *page)
{
	page->below = top;
	top = page;
	loop_redraw();
}

/* ---- leaving ---- */

static void detach(struct page *page)
{
	if (page->window == NULL)
		return;
	if (page->class->detach != NULL)
		page->class->detach(page);
	del_panel(page->panel);
	delwin(page->window);
	page->panel = NULL;
	page->window = NULL;
}

/* Takes off the page and all above it. Returns whether the screen was theirs. */
static bool take_off(const struct page *page)
{
	bool full = false;
	bool last = false;

	while (!last) {
		struct page *gone = top;

		last = gone == page;
		full = full || !page_is_overlay(gone);
		top = gone->below;
		detach(gone);
		gone->below = buried;
		buried = gone;
	}
	loop_redraw();
	return full;
}

/* Asks the page and all above it. */
static bool all_agree(const struct page *page)
{
	for (struct page *asked = top; asked != NULL; asked = asked->below) {
		if (asked->class->may_leave != NULL && !asked->class->may_leave(asked))
			return false;
		if (asked == page)
			break;
	}
	return true;
}

void page_close(struct page *page)
{
	struct page *seen;

	if (!on_stack(page) || !take_off(page))
		return;
	seen = page_full();
	if (seen != NULL && seen->class->resumed != NULL)
		seen->class->resumed(seen);
}

bool page_leave(struct page *page)
{
	if (!on_stack(page))
		return true;
	if (!all_agree(page))
		return false;
	page_close(page);
	return true;
}

bool page_leave_above(struct page *page)
{
	struct page *above = top;

	if (!on_stack(page) || top == page)
		return true;
	while (above->below != page)
		above = above->below;
	return page_leave(above);
}

bool page_replace(struct page *page)
{
	struct page *old = page_full();

	if (old != NULL) {
		if (!all_agree(old)) {
			page->class->free(page);
			return false;
		}
		/* Nobody resumes in between. */
		take_off(old);
	}
	page_push(page);
	return true;
}

void stack_bury(void)
{
	while (buried != NULL) {
		struct page *page = buried;

		buried = page->below;
		page->class->free(page);
	}
}

void stack_end(void)
{
	while (top != NULL)
		take_off(top);
	stack_bury();
}

/* ---- overlays ---- */

void stack_detach(void)
{
	for (struct page *page = top; page != NULL; page = page->below)
		detach(page);
}

static int within(int value, int low, int high)
{
	return value > high ? high : value < low ? low : value;
}

/* Where the overlay is to be, cut to the screen. The last row stays free: it shows the keys. */
static struct place find_place(struct page *page, int rows, int columns)
{
	struct place place = {-1, -1, 0, 0};

	page->class->place(page, rows, columns, &place);
	place.rows = within(place.rows, 3, rows - 1);
	place.columns = within(place.columns, 5, columns);
	if (place.row < 0)
		place.row = (rows - 1 - place.rows) / 2;
	if (place.column < 0)
		place.column = (columns - place.columns) / 2;
	place.row = within(place.row, 0, rows - 1 - place.rows);
	place.column = within(place.column, 0, columns - place.columns);
	return place;
}

/* Makes or keeps the overlay's window. */
static void put(struct page *page, const struct place *place)
{
	WINDOW *window = page->window;

	if (window != NULL && getbegy(window) == place->row && getbegx(window) == place->column &&
		getmaxy(window) == place->rows && getmaxx(window) == place->columns)
		return;
	detach(page);
	page->window = newwin(place->rows, place->columns, place->row, place->column);
	if (page->window != NULL)
		page->panel = new_panel(page->window);
}

static void draw_title(struct page *page, struct area *border)
{
	struct buffer left = {0};
	struct buffer right = {0};

	if (page->class->title != NULL)
		page->class->title(page, &left, &right);
	if (left.length > 0 && border->columns > 6) {
		int used = draw_text(border, 0, 3, border->columns - 6, ROLE_TITLE, left.data);

		draw_text(border, 0, 2, 1, ROLE_PLAIN, " ");
		draw_text(border, 0, 3 + used, 1, ROLE_PLAIN, " ");
	}
	buffer_free(&left);
	buffer_free(&right);
}

static void draw_overlay(struct page *page, int rows, int columns)
{
	struct place place = find_place(page, rows, columns);
	struct area border;
	struct area inside;

	put(page, &place);
	if (page->window == NULL)
		return;
	top_panel(page->panel);
	border =
		(struct area){.window = page->window, .rows = place.rows, .columns = place.columns};
	inside = area_part(&border, 1, 2, place.rows - 2, place.columns - 4);
	draw_clear(&border);
	draw_border(&border);
	draw_title(page, &border);
	page->class->draw(page, &inside);
}

/* From the lowest, so that the higher ones come to lie on it. */
static void draw_upwards(struct page *page, int rows, int columns)
{
	if (page == NULL || !page_is_overlay(page))
		return;
	draw_upwards(page->below, rows, columns);
	draw_overlay(page, rows, columns);
}

bool stack_draw_overlays(int rows, int columns)
{
	draw_upwards(top, rows, columns);
	return top != NULL && page_is_overlay(top);
}
