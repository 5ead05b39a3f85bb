/*
 * frame.c - the lines around a page, the message, and the way to the terminal.
 * GPL-3.0-or-later.
 */
#include "tui/frame.h"

#include <limits.h>
#include <ncurses.h>
#include <panel.h>
#include <stdarg.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/keys.h"
#include "tui/loop.h"
#include "tui/page.h"
#include "tui/screen.h"
#include "tui/stack.h"

enum {
	ROWS_LEAST = 5,
	COLUMNS_LEAST = 20,
	ROWS_FOR_RULE = 14, /* below that the rule's row belongs to the page */
	MESSAGE_ROWS = 3,
	HINT_GAP = 3,
	STEADY_KEPT = 2,      /* hints that no action of a row takes the room of */
	COLUMNS_FOR_ALL = 60, /* below that they give way, and one blank less parts the hints */
};

static struct {
	struct buffer text;
	enum role role;
	unsigned long number;
	int drawn; /* rows it had with the page */
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
	int used, free_cells, most;

	if (page->class->title != NULL)
		page->class->title(page, &left, &right);
	used = right.length > 0 ? text_width(right.data) + 2 : 0;
	/* Where you are matters more than how much there is, as far as it takes the room. */
	free_cells = width - text_width(buffer_text(&left));
	most = free_cells > width / 2 ? free_cells : width / 2;
	if (used > most)
		used = most;
	draw_text(screen, 0, 1, width - used, ROLE_TITLE, buffer_text(&left));
	if (used > 2)
		/* Plain: a place in a list changes with every key, and attributes cost bytes. */
		draw_text_right(screen, 0, 1 + width - used + 2, used - 2, ROLE_PLAIN, right.data);
	buffer_free(&left);
	buffer_free(&right);
}

static int hint_width(const struct hint *hint)
{
	int does = text_width(hint->does);

	return text_width(hint->key) + (does > 0) + does;
}

static bool is_key_of(const struct hint *hint, enum command command, const char *also)
{
	return strcmp(hint->key, also) == 0 || strcmp(hint->key, key_hint(command, NULL).key) == 0;
}

static bool leads_out(const struct hint *hint)
{
	return is_key_of(hint, COMMAND_LEAVE, "Esc") || strcmp(hint->key, "^X") == 0;
}

/* To help, which tells of all keys that found no room. */
static bool leads_to_help(const struct hint *hint)
{
	return is_key_of(hint, COMMAND_HELP, "?");
}

static const struct hint *first_that(
	const struct hint *hint, bool (*holds)(const struct hint *hint))
{
	for (; hint->key != NULL; hint++)
		if (holds(hint))
			return hint;
	return NULL;
}

/* Words are plain and not in the colour of hints: that costs 16 bytes more for each. */
static void draw_hint(struct area *screen, int column, const struct hint *hint)
{
	int key = text_width(hint->key);
	int row = screen->rows - 1;

	draw_text(screen, row, column, key, ROLE_FOCUS, hint->key);
	draw_text(screen, row, column + key + 1, text_width(hint->does), ROLE_PLAIN, hint->does);
}

/* Where the free cells of the line of hints are: from left, up to right. */
struct hint_room {
	int left, right, gap;
};

static bool takes_room(const struct hint_room *room, const struct hint *hint)
{
	return hint != NULL && hint->key != NULL && room->left + hint_width(hint) <= room->right;
}

static void draw_at_left(struct area *screen, struct hint_room *room, const struct hint *hint)
{
	draw_hint(screen, room->left, hint);
	room->left += hint_width(hint) + room->gap;
}

static void draw_at_right(struct area *screen, struct hint_room *room, const struct hint *hint)
{
	if (!takes_room(room, hint))
		return;
	draw_hint(screen, room->right - hint_width(hint), hint);
	room->right -= hint_width(hint) + room->gap;
}

/*
 * The way out and the way to help stand at the right end, always and on every page, and before them
 * the steady ones: two at least, and more as far as those from the left leave room. So a hint that
 * changes with the focused row moves no other: a line of words that moves costs more bytes than the
 * row itself. On a narrow screen the word "Back" makes room for one key more.
 */
static void draw_hints(struct area *screen, struct page *page)
{
	static const struct hint usual[] = {{"Esc", "Back"}, {NULL, NULL}}, none[] = {{NULL, NULL}};
	static const struct hint bare = {"Esc", ""};
	const struct page_class *class = page->class;
	const struct hint *hint = class->hints != NULL ? class->hints(page) : usual;
	const struct hint *steady = class->steady_hints != NULL ? class->steady_hints(page) : none;
	const struct hint *out = first_that(hint, leads_out);
	const struct hint *help = first_that(hint, leads_to_help);
	bool narrow = screen->columns < COLUMNS_FOR_ALL;
	struct hint_room room = {1, screen->columns - 1, narrow ? HINT_GAP - 1 : HINT_GAP};

	draw_at_right(screen, &room, help);
	draw_at_right(screen, &room,
		narrow && out != NULL && strcmp(out->does, usual[0].does) == 0 ? &bare : out);
	for (int kept = narrow ? STEADY_KEPT : 0; kept < STEADY_KEPT && steady->key != NULL; kept++)
		draw_at_right(screen, &room, steady++);
	for (; hint->key != NULL && (hint == out || hint == help || takes_room(&room, hint));
		hint++) {
		if (hint != out && hint != help)
			draw_at_left(screen, &room, hint);
	}
	for (; takes_room(&room, steady); steady++)
		draw_at_right(screen, &room, steady);
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
	message.drawn = said;
	if (ruled)
		draw_rule(screen, screen->rows - 2, 0, screen->columns);
}

/* ---- all of it ---- */

bool frame_too_small(void)
{
	return LINES < ROWS_LEAST || COLS < COLUMNS_LEAST;
}

void frame_message_show(void)
{
	struct area screen = area_screen();
	int end = screen.rows - 1 - (screen.rows >= ROWS_FOR_RULE ? 1 : 0);

	if (frame_too_small())
		return;
	/* In the place of the one that the page was drawn with, all of it. */
	for (int row = end - message.drawn; row < end; row++)
		draw_text_padded(&screen, row, 0, screen.columns, ROLE_PLAIN, "");
	draw_wrapped(&screen, end - message.drawn, 1, screen.columns - 2, message.drawn,
		message.role, message_text());
	wnoutrefresh(stdscr);
	screen_cursor_place();
	doupdate();
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
