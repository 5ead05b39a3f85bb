/*
 * frame.c - the lines around a page, the message, and the way to the terminal.
 * GPL-3.0-or-later.
 */
#include "tui/frame.h"

#include <limits.h>
#include <ncurses.h>
#include <panel.h>
#include <stdarg.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/loop.h"
#include "tui/page.h"
#include "tui/screen.h"
#include "tui/stack.h"

enum {
	ROWS_LEAST = 5,
	COLUMNS_LEAST = 20,
	ROWS_FOR_RULE = 14, /* below that the rule's row belongs to the page */
	MESSAGE_ROWS = 3,
};

static struct {
	struct buffer text;
	enum role role;
	unsigned long number;
} message;

/* ---- message ---- */

void message_set(enum role role, const char *text)
{
	buffer_clear(&message.text);
	if (text != NULL)
		buffer_add(&message.text, text);
	message.role = role;
	message.number++;
	if (role == ROLE_BAD && message.text.length > 0)
		loop_beep();
	loop_redraw();
}

void message_format(enum role role, const char *format, ...)
{
	struct buffer text = {0};
	va_list arguments;

	va_start(arguments, format);
	buffer_format_list(&text, format, arguments);
	va_end(arguments);
	message_set(role, buffer_text(&text));
	buffer_free(&text);
}

const char *message_text(void)
{
	return buffer_text(&message.text);
}

unsigned long message_number(void)
{
	return message.number;
}

/* Rows kept for the message: one always, so that the page does not jump with each. */
static int message_rows(const struct area *screen)
{
	int most = screen->rows / 4;
	int rows =
		draw_wrapped(NULL, 0, 0, screen->columns - 2, INT_MAX, ROLE_PLAIN, message_text());

	most = most < 1 ? 1 : most > MESSAGE_ROWS ? MESSAGE_ROWS : most;
	return rows < 1 ? 1 : rows > most ? most : rows;
}

/* ---- lines ---- */

static void draw_title(struct area *screen, struct page *page)
{
	struct buffer left = {0};
	struct buffer right = {0};
	int width = screen->columns - 2;
	int used;

	if (page->class->title != NULL)
		page->class->title(page, &left, &right);
	used = right.length > 0 ? text_width(right.data) + 2 : 0;
	/* Where you are matters more than how much there is. */
	if (used > width / 2)
		used = width / 2;
	draw_text(screen, 0, 1, width - used, ROLE_TITLE, buffer_text(&left));
	if (used > 2)
		draw_text_right(screen, 0, 1 + width - used + 2, used - 2, ROLE_TITLE, right.data);
	buffer_free(&left);
	buffer_free(&right);
}

static void draw_hints(struct area *screen, struct page *page)
{
	static const struct hint usual[] = {{"Esc", "Back"}, {NULL, NULL}};
	const struct hint *hint = page->class->hints != NULL ? page->class->hints(page) : usual;
	int row = screen->rows - 1;
	int column = 1;

	for (; hint->key != NULL; hint++) {
		int key = text_width(hint->key);
		int does = text_width(hint->does);

		if (column + key + 1 + does > screen->columns - 1)
			break;
		draw_text(screen, row, column, key, ROLE_FOCUS, hint->key);
		draw_text(screen, row, column + key + 1, does, ROLE_HINT, hint->does);
		column += key + 1 + does + 3;
	}
}

static void draw_page(struct area *screen, struct page *page)
{
	int said = message_rows(screen);
	int ruled = screen->rows >= ROWS_FOR_RULE ? 1 : 0;
	int content = screen->rows - 2 - said - ruled;
	struct area inside = area_part(screen, 1, 0, content, screen->columns);

	/* The page first: its title may tell what drawing found. */
	page->class->draw(page, &inside);
	draw_title(screen, page);
	draw_wrapped(
		screen, 1 + content, 1, screen->columns - 2, said, message.role, message_text());
	if (ruled)
		draw_rule(screen, screen->rows - 2, 0, screen->columns);
}

/* ---- all of it ---- */

bool frame_too_small(void)
{
	return LINES < ROWS_LEAST || COLS < COLUMNS_LEAST;
}

void frame_draw(void)
{
	struct area screen = area_screen();
	struct page *page = page_full();
	bool overlays = false;

	screen_cursor_forget();
	draw_clear(&screen);
	if (frame_too_small()) {
		stack_detach();
		draw_wrapped(&screen, 0, 0, COLS, LINES, ROLE_PLAIN,
			"Too small: 40 by 12 at least is needed.");
	} else {
		if (page != NULL)
			draw_page(&screen, page);
		overlays = stack_draw_overlays(LINES, COLS);
		/* Last: what works may depend on what fitted. */
		if (page_top() != NULL)
			draw_hints(&screen, page_top());
	}
	/* Panels know the screen below them only once there was one. */
	if (overlays)
		update_panels();
	else
		wnoutrefresh(stdscr);
	screen_cursor_place();
	doupdate();
}
