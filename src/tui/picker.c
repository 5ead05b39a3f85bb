/*
 * picker.c - a line to type in and the rows that fit it below: commands, look-ups, choices.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/menu.h"
#include "tui/page.h"
#include "tui/wrap.h"

enum {
	ROWS_MOST = 100,  /* rows asked for; who wants more types more */
	TYPED_MOST = 200, /* bytes */
	LIST_ROW = 2,     /* the typed line and a blank one stand above */
	HOME_ROWS = 18,
	HOME_COLUMNS = 76,
};

struct entry {
	char *text;
	char *detail;
	char *value;
	int64_t id;
	int score;
};

struct picker_rows {
	struct entry entries[ROWS_MOST];
	size_t count;
	const char *typed;
};

struct picker_page {
	struct page page;
	struct picker picker; /* title, empty and nothing are owned */
	struct buffer typed;
	struct picker_rows rows;
	bool stale; /* typed has changed since the rows were asked for */
	size_t focus;
	size_t top;    /* first row in sight */
	size_t height; /* rows in sight when it was last drawn */
};

static struct picker_page *picker_of(struct page *page)
{
	return (struct picker_page *)page;
}

/* ---- rows ---- */

static void free_entry(struct entry *entry)
{
	free(entry->text);
	free(entry->detail);
	free(entry->value);
}

static void insert(struct picker_rows *rows, size_t at, const struct entry *entry)
{
	if (rows->count == ROWS_MOST)
		free_entry(&rows->entries[--rows->count]);
	memmove(&rows->entries[at + 1], &rows->entries[at],
		(rows->count - at) * sizeof rows->entries[0]);
	rows->entries[at] = *entry;
	rows->count++;
}

static struct entry make_entry(const char *text, const char *detail, const char *value, int64_t id)
{
	return (struct entry){
		.text = memory_text(text),
		.detail = memory_text(detail != NULL ? detail : ""),
		.value = memory_text(value != NULL ? value : ""),
		.id = id,
	};
}

bool picker_add(struct picker_rows *rows, const char *text, const char *detail, const char *value,
	int64_t id)
{
	struct entry entry;

	if (rows->count == ROWS_MOST)
		return false;
	entry = make_entry(text, detail, value, id);
	insert(rows, rows->count, &entry);
	return rows->count < ROWS_MOST;
}

void picker_offer(struct picker_rows *rows, const char *text, const char *detail, const char *value,
	int64_t id)
{
	int score = text_fuzzy(rows->typed, text);
	size_t at = rows->count;
	struct entry entry;

	if (score < 0)
		return;
	/* Behind its equals, so that the source's order decides between them. */
	while (at > 0 && rows->entries[at - 1].score < score)
		at--;
	if (at == ROWS_MOST)
		return;
	entry = make_entry(text, detail, value, id);
	entry.score = score;
	insert(rows, at, &entry);
}

static void forget_rows(struct picker_page *picker)
{
	for (size_t i = 0; i < picker->rows.count; i++)
		free_entry(&picker->rows.entries[i]);
	picker->rows.count = 0;
}

/* Asks for the rows where what is typed has changed: once for all that was typed ahead. */
static void ask(struct picker_page *picker)
{
	if (!picker->stale)
		return;
	picker->stale = false;
	forget_rows(picker);
	picker->focus = 0;
	picker->top = 0;
	picker->rows.typed = buffer_text(&picker->typed);
	picker->picker.rows(picker->picker.context, picker->rows.typed, &picker->rows);
}

/* ---- drawing ---- */

static void picker_title(struct page *page, struct buffer *left, struct buffer *right)
{
	(void)right;
	buffer_add(left, picker_of(page)->picker.title);
}

static void picker_place(struct page *page, int rows, int columns, struct place *place)
{
	(void)page;
	/* Always the same size, whatever matches: nothing jumps while typing. */
	place->rows = rows > HOME_ROWS + 3 ? HOME_ROWS : rows > 12 ? rows - 3 : rows - 1;
	place->columns = columns - 2 < HOME_COLUMNS ? columns - 2 : HOME_COLUMNS;
}

/* The end of what is typed, with the cursor behind it. */
static void draw_typed(struct picker_page *picker, struct area *area)
{
	const char *typed = buffer_text(&picker->typed);
	size_t length = picker->typed.length;
	size_t start = 0;
	int cells;

	while (unit_cells(typed, start, length) >= area->columns && start < length)
		start = unit_end(typed, length, start);
	cells = draw_text(area, 0, 0, area->columns, ROLE_PLAIN, typed + start);
	draw_cursor(area, 0, cells);
}

static void draw_entry(struct picker_page *picker, struct area *area, int row, size_t index)
{
	const struct entry *entry = &picker->rows.entries[index];
	bool focused = index == picker->focus;
	int detail = text_width(entry->detail);
	int width = area->columns - 2;

	if (detail > width / 2)
		detail = width / 2;
	if (focused)
		draw_text(area, row, 0, 2, ROLE_FOCUS, "> ");
	draw_text(area, row, 2, width - (detail > 0 ? detail + 2 : 0),
		focused ? ROLE_FOCUS : ROLE_PLAIN, entry->text);
	draw_text(area, row, area->columns - detail, detail, ROLE_HINT, entry->detail);
}

static void picker_draw(struct page *page, struct area *area)
{
	struct picker_page *picker = picker_of(page);
	int list_row = area->rows > 3 ? LIST_ROW : 1;
	int height = area->rows - list_row;

	ask(picker);
	picker->height = height > 0 ? (size_t)height : 1;
	if (picker->focus < picker->top)
		picker->top = picker->focus;
	if (picker->focus >= picker->top + picker->height)
		picker->top = picker->focus - picker->height + 1;
	for (int row = 0; row < height && picker->top + (size_t)row < picker->rows.count; row++)
		draw_entry(picker, area, list_row + row, picker->top + (size_t)row);
	if (picker->rows.count == 0)
		draw_wrapped(area, list_row, 2, area->columns - 2, height, ROLE_PLAIN,
			picker->typed.length == 0 ? picker->picker.empty : picker->picker.nothing);
	draw_typed(picker, area);
}

/* ---- keys ---- */

static void finish(struct picker_page *picker, bool chosen)
{
	const struct entry *entry = &picker->rows.entries[picker->focus];
	struct picker_row row = {entry->text, entry->detail, entry->value, entry->id};

	/* The rows live on until the page is buried, after this event. */
	page_close(&picker->page);
	picker->picker.picked(
		picker->picker.context, chosen ? &row : NULL, buffer_text(&picker->typed));
}

static void type(struct picker_page *picker, const char *bytes, size_t length)
{
	if (picker->typed.length + length > TYPED_MOST)
		return;
	buffer_add_bytes(&picker->typed, bytes, length);
	picker->stale = true;
}

static void erase_to(struct picker_page *picker, size_t length)
{
	char *typed;

	if (picker->typed.length == 0)
		return;
	typed = buffer_take(&picker->typed);
	buffer_add_bytes(&picker->typed, typed, length);
	free(typed);
	picker->stale = true;
}

static void type_paste(struct picker_page *picker, const struct event *event)
{
	for (size_t i = 0; i < event->length;) {
		bool blank = event->text[i] == '\n' || event->text[i] == '\t';
		uint32_t codepoint;
		size_t used = text_decode(event->text + i, event->length - i, &codepoint);

		type(picker, blank ? " " : event->text + i, used);
		i += used > 0 ? used : 1;
	}
}

static bool move(struct picker_page *picker, int key)
{
	size_t last;

	ask(picker);
	last = picker->rows.count > 0 ? picker->rows.count - 1 : 0;
	if (key == PRESS_UP)
		picker->focus -= picker->focus > 0 ? 1 : 0;
	else if (key == PRESS_DOWN)
		picker->focus += picker->focus < last ? 1 : 0;
	else if (key == PRESS_PAGE_UP)
		picker->focus -= picker->focus < picker->height ? picker->focus : picker->height;
	else if (key == PRESS_PAGE_DOWN)
		picker->focus = last - picker->focus < picker->height
					? last
					: picker->focus + picker->height;
	else if (key == PRESS_HOME)
		picker->focus = 0;
	else if (key == PRESS_END)
		picker->focus = last;
	else
		return false;
	return true;
}

static enum page_answer press(struct picker_page *picker, const struct event *event)
{
	if (event->key == PRESS_ENTER) {
		ask(picker);
		if (picker->rows.count == 0)
			return PAGE_IGNORED;
		finish(picker, true);
		return PAGE_HANDLED;
	}
	if (event->command == COMMAND_LEAVE) {
		finish(picker, false);
		return PAGE_HANDLED;
	}
	if (event->key == PRESS_BACKSPACE) {
		erase_to(picker, unit_before(buffer_text(&picker->typed), picker->typed.length));
		return PAGE_HANDLED;
	}
	if (event->key == KEY_CTRL('u')) {
		erase_to(picker, 0);
		return PAGE_HANDLED;
	}
	return move(picker, event->key) ? PAGE_HANDLED : PAGE_IGNORED;
}

static enum page_answer picker_key(struct page *page, const struct event *event)
{
	struct picker_page *picker = picker_of(page);
	char bytes[5];

	switch (event->kind) {
	case EVENT_CHAR:
		type(picker, bytes, text_encode(event->codepoint, bytes));
		return PAGE_HANDLED;
	case EVENT_PASTE:
		type_paste(picker, event);
		return PAGE_HANDLED;
	case EVENT_KEY:
		return press(picker, event);
	default:
		return PAGE_IGNORED;
	}
}

static const struct hint *picker_hints(struct page *page)
{
	static const struct hint hints[] = {{"Enter", "Choose"}, {"Type", "Narrow down"},
		{"Up Down", "Move"}, {"^U", "Empty"}, {"Esc", "Back"}, {NULL, NULL}};

	(void)page;
	return hints;
}

static void picker_free(struct page *page)
{
	struct picker_page *picker = picker_of(page);

	if (picker->picker.free != NULL)
		picker->picker.free(picker->picker.context);
	forget_rows(picker);
	buffer_free(&picker->typed);
	free((char *)picker->picker.title);
	free((char *)picker->picker.empty);
	free((char *)picker->picker.nothing);
	free(picker);
}

static const struct page_class picker_class = {
	.title = picker_title,
	.draw = picker_draw,
	.key = picker_key,
	.hints = picker_hints,
	.free = picker_free,
	.place = picker_place,
};

void picker_open(const struct picker *given)
{
	struct picker_page *picker = memory_new(sizeof *picker);

	picker->page.class = &picker_class;
	picker->picker = *given;
	picker->picker.title = memory_text(given->title != NULL ? given->title : "");
	picker->picker.nothing =
		memory_text(given->nothing != NULL ? given->nothing : "Nothing matches.");
	picker->picker.empty =
		memory_text(given->empty != NULL ? given->empty : picker->picker.nothing);
	if (given->typed != NULL)
		buffer_add(&picker->typed, given->typed);
	picker->stale = true;
	page_push(&picker->page);
}
