/*
 * menu.c - a menu of a few fixed choices, through libmenu in an overlay. GPL-3.0-or-later.
 *
 * libmenu lives only as long as the overlay's window: a resize takes both away, and the next
 * drawing makes them anew at the new size.
 */
#include "tui/menu.h"

#include <menu.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/page.h"

enum {
	MARK = 2,  /* "> " */
	DIGIT = 2, /* "1 " */
	GAP = 2,   /* between label and hint */
	BORDER = 4,
	TEXT_MOST = 512, /* bytes of an item */
};

struct text_pair {
	char *label;
	char *hint;
	char name[TEXT_MOST]; /* as libmenu shows it at the present width; it keeps the pointer */
	char description[TEXT_MOST];
};

struct menu_page {
	struct page page;
	char *title;
	struct text_pair *texts;
	size_t count;
	size_t selected;
	int row, column;
	bool bar;
	void (*chosen)(void *context, int choice);
	void *context;

	/* While there is a window: */
	MENU *menu;
	ITEM **items; /* ends at NULL */
	WINDOW *inside;
};

static struct menu_page *menu_of(struct page *page)
{
	return (struct menu_page *)page;
}

/* ---- libmenu ---- */

/*
 * Text that new_item takes: something printable in the terminal's own character set, cut to
 * width. new_item gives NULL for empty names and for control characters.
 */
static void make_text(const char *text, int width, char out[TEXT_MOST])
{
	wchar_t cells[TEXT_MOST];
	size_t used;

	text_cells(text, strlen(text), width, draw_utf8(), cells, TEXT_MOST / MB_CUR_MAX);
	used = wcstombs(out, cells, TEXT_MOST);
	if (used == (size_t)-1 || used >= TEXT_MOST || used == 0)
		memcpy(out, " ", 2);
}

static int label_width(const struct menu_page *menu)
{
	int most = 1;

	for (size_t i = 0; i < menu->count; i++) {
		int width = text_width(menu->texts[i].label);

		most = width > most ? width : most;
	}
	return most;
}

static int hint_width(const struct menu_page *menu)
{
	int most = 0;

	for (size_t i = 0; i < menu->count; i++) {
		int width = text_width(menu->texts[i].hint);

		most = width > most ? width : most;
	}
	return most;
}

static ITEM *make_item(struct menu_page *menu, size_t index, int label, int hint)
{
	struct text_pair *text = &menu->texts[index];
	struct buffer name = {0};
	ITEM *item;

	if (menu->count <= 9)
		buffer_format(&name, "%zu ", index + 1);
	buffer_add(&name, text->label);
	make_text(buffer_text(&name), label, text->name);
	make_text(text->hint, hint, text->description);
	buffer_free(&name);
	item = new_item(text->name, hint > 0 ? text->description : NULL);
	if (item == NULL)
		item = new_item("?", NULL);
	if (item == NULL)
		fatal("no memory for a menu");
	return item;
}

/* Makes the menu for an area; the widest hint goes when there is no room for it. */
static void build(struct menu_page *menu, const struct area *area)
{
	int width = area->columns - MARK;
	int hint = hint_width(menu);
	int label = label_width(menu) + (menu->count <= 9 ? DIGIT : 0);

	if (hint > 0 && label + GAP + hint > width)
		hint = 0;
	label = label > width ? width : label;
	menu->items = memory_new((menu->count + 1) * sizeof(ITEM *));
	for (size_t i = 0; i < menu->count; i++)
		menu->items[i] = make_item(menu, i, label < 1 ? 1 : label, hint);
	menu->menu = new_menu(menu->items);
	if (menu->menu == NULL)
		fatal("no memory for a menu");
	menu->inside = derwin(area->window, area->rows, area->columns, area->row, area->column);
	set_menu_win(menu->menu, area->window);
	set_menu_sub(menu->menu, menu->inside);
	set_menu_format(menu->menu, area->rows, 1);
	set_menu_mark(menu->menu, "> ");
	set_menu_spacing(menu->menu, GAP, 1, 1);
	set_menu_fore(menu->menu, A_BOLD);
	if (hint == 0)
		menu_opts_off(menu->menu, O_SHOWDESC);
	set_current_item(menu->menu, menu->items[menu->selected]);
}

static void menu_detach(struct page *page)
{
	struct menu_page *menu = menu_of(page);

	if (menu->menu == NULL)
		return;
	unpost_menu(menu->menu);
	free_menu(menu->menu);
	for (size_t i = 0; i < menu->count; i++)
		free_item(menu->items[i]);
	free(menu->items);
	delwin(menu->inside);
	menu->menu = NULL;
	menu->items = NULL;
	menu->inside = NULL;
}

/* ---- the overlay ---- */

static void menu_title(struct page *page, struct buffer *left, struct buffer *right)
{
	(void)right;
	buffer_add(left, menu_of(page)->title);
}

static void menu_place(struct page *page, int rows, int columns, struct place *place)
{
	struct menu_page *menu = menu_of(page);
	int hint = hint_width(menu);
	int title = text_width(menu->title) + 6;
	int width = MARK + DIGIT + label_width(menu) + (hint > 0 ? GAP + hint : 0) + BORDER;

	place->row = menu->row;
	place->column = menu->column;
	place->columns = width > title ? width : title;
	place->columns = place->columns < columns ? place->columns : columns;
	place->rows = menu->count < (size_t)rows ? (int)menu->count + 2 : rows;
}

static void menu_draw(struct page *page, struct area *area)
{
	struct menu_page *menu = menu_of(page);

	if (menu->menu == NULL)
		build(menu, area);
	/* The window was emptied; posting is what draws. */
	unpost_menu(menu->menu);
	if (post_menu(menu->menu) != E_OK)
		draw_text(area, 0, 0, area->columns, ROLE_BAD, "Too small");
	draw_cursor(area, (int)menu->selected - top_row(menu->menu), 0);
}

static void menu_finish(struct menu_page *menu, int choice)
{
	void (*chosen)(void *context, int choice) = menu->chosen;
	void *context = menu->context;

	page_close(&menu->page);
	if (chosen != NULL)
		chosen(context, choice);
}

/* The next label that starts with the character, from the one behind the selected. */
static bool go_to_letter(struct menu_page *menu, uint32_t codepoint)
{
	char letter[5];

	text_encode(codepoint, letter);
	for (size_t i = 1; i <= menu->count; i++) {
		size_t index = (menu->selected + i) % menu->count;

		if (!text_starts(menu->texts[index].label, letter))
			continue;
		menu->selected = index;
		if (menu->menu != NULL)
			set_current_item(menu->menu, menu->items[index]);
		return true;
	}
	return false;
}

static enum page_answer menu_character(struct menu_page *menu, uint32_t codepoint)
{
	if (codepoint >= '1' && codepoint <= '9' && codepoint - '1' < menu->count &&
		menu->count <= 9) {
		menu_finish(menu, (int)(codepoint - '1'));
		return PAGE_HANDLED;
	}
	return go_to_letter(menu, codepoint) ? PAGE_HANDLED : PAGE_IGNORED;
}

/* The selected one after a key, without the need of a window. */
static size_t menu_moved(const struct menu_page *menu, int key)
{
	size_t last = menu->count - 1;

	switch (key) {
	case PRESS_UP:
	case PRESS_BACKTAB:
		return menu->selected > 0 ? menu->selected - 1 : last;
	case PRESS_DOWN:
	case PRESS_TAB:
		return menu->selected < last ? menu->selected + 1 : 0;
	case PRESS_HOME:
	case PRESS_PAGE_UP:
		return 0;
	case PRESS_END:
	case PRESS_PAGE_DOWN:
		return last;
	default:
		return menu->count;
	}
}

static enum page_answer menu_key(struct page *page, const struct event *event)
{
	struct menu_page *menu = menu_of(page);
	size_t moved;

	if (event->kind == EVENT_CHAR)
		return menu_character(menu, event->codepoint);
	if (event->kind != EVENT_KEY)
		return PAGE_IGNORED;
	if (event->key == PRESS_ENTER) {
		menu_finish(menu, (int)menu->selected);
		return PAGE_HANDLED;
	}
	if (event->command == COMMAND_LEAVE || event->command == COMMAND_MENU) {
		menu_finish(menu, MENU_NONE);
		return PAGE_HANDLED;
	}
	if (menu->bar && (event->key == PRESS_LEFT || event->key == PRESS_RIGHT)) {
		menu_finish(menu, event->key == PRESS_LEFT ? MENU_PREVIOUS : MENU_NEXT);
		return PAGE_HANDLED;
	}
	moved = menu_moved(menu, event->key);
	if (moved == menu->count)
		return PAGE_IGNORED;
	menu->selected = moved;
	if (menu->menu != NULL)
		set_current_item(menu->menu, menu->items[moved]);
	return PAGE_HANDLED;
}

static const struct hint *menu_hints(struct page *page)
{
	static const struct hint few[] = {
		{"Enter", "Choose"}, {"1-9", "Choose at once"}, {"Esc", "Back"}, {NULL, NULL}};
	static const struct hint many[] = {
		{"Enter", "Choose"}, {"Letter", "Go to"}, {"Esc", "Back"}, {NULL, NULL}};

	return menu_of(page)->count <= 9 ? few : many;
}

static void menu_free(struct page *page)
{
	struct menu_page *menu = menu_of(page);

	for (size_t i = 0; i < menu->count; i++) {
		free(menu->texts[i].label);
		free(menu->texts[i].hint);
	}
	free(menu->texts);
	free(menu->title);
	free(menu);
}

static const struct page_class menu_class = {
	.title = menu_title,
	.draw = menu_draw,
	.key = menu_key,
	.hints = menu_hints,
	.free = menu_free,
	.place = menu_place,
	.detach = menu_detach,
};

void menu_open(const struct menu *given)
{
	struct menu_page *menu;

	if (given->count == 0)
		return;
	menu = memory_new(sizeof *menu);
	menu->page.class = &menu_class;
	menu->title = memory_text(given->title != NULL ? given->title : "");
	menu->texts = memory_new(given->count * sizeof *menu->texts);
	menu->count = given->count;
	menu->selected = given->selected < given->count ? given->selected : 0;
	menu->row = given->row;
	menu->column = given->column;
	menu->bar = given->bar;
	menu->chosen = given->chosen;
	menu->context = given->context;
	for (size_t i = 0; i < given->count; i++) {
		const char *hint = given->choices[i].hint;

		menu->texts[i].label = memory_text(given->choices[i].label);
		menu->texts[i].hint = memory_text(hint != NULL ? hint : "");
	}
	page_push(&menu->page);
}
