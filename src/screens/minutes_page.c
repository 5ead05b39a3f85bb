/*
 * minutes_page.c - the minutes of a meeting as they stand, to read and to take along as a file.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "report/minutes.h"
#include "screens/ask.h"
#include "screens/meeting_page.h"
#include "screens/words.h"
#include "tui/loop.h"

struct minutes_page {
	struct page page;
	struct store *store;
	struct meeting meeting;
	struct buffer text; /* as wide as it was drawn last */
	int columns;
	int top, rows, height;
	int64_t data_version;
	char name[64]; /* of the file that is proposed */
};

static struct minutes_page *minutes_of(struct page *page)
{
	return (struct minutes_page *)page;
}

static void read_minutes(struct minutes_page *page)
{
	char *key = memory_text(page->meeting.key);
	struct error err;

	if (!meeting_read(page->store, key, &page->meeting, &err))
		message_set(ROLE_BAD, err.text);
	page->columns = 0;
	free(key);
}

static bool minutes_tick(struct page *base)
{
	struct minutes_page *page = minutes_of(base);

	if (!others_saved(page->store, &page->data_version))
		return false;
	read_minutes(page);
	return true;
}

static void minutes_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct minutes_page *page = minutes_of(base);

	buffer_format(left, "%s > Minutes of %s", page->meeting.body_name, page->meeting.key);
	buffer_add(right, page->meeting.status);
}

/* Wraps anew only when the width is another; the figures in it were read before. */
static void lay_out(struct minutes_page *page, int columns)
{
	if (columns > 80)
		columns = 80;
	if (columns == page->columns)
		return;
	page->columns = columns;
	buffer_clear(&page->text);
	minutes_print(&page->meeting, columns, &page->text);
	page->height = 0;
	for (const char *c = buffer_text(&page->text); *c != '\0'; c++)
		page->height += *c == '\n';
}

static void minutes_draw(struct page *base, struct area *area)
{
	struct minutes_page *page = minutes_of(base);
	const char *line;

	lay_out(page, area->columns - 2);
	page->rows = area->rows;
	if (page->top > page->height - page->rows)
		page->top = page->height - page->rows;
	if (page->top < 0)
		page->top = 0;
	line = buffer_text(&page->text);
	for (int row = -page->top; row < area->rows && *line != '\0'; row++) {
		size_t length = strcspn(line, "\n");
		char *text = memory_text_part(line, length);

		if (row >= 0)
			draw_text(area, row, 1, area->columns - 2, ROLE_PLAIN, text);
		free(text);
		line += length + (line[length] == '\n');
	}
	draw_cursor(area, 0, 1);
}

static bool file_answered(void *context, const char *const *answers, struct error *err)
{
	struct minutes_page *page = context;

	if (!minutes_write(page->store, &page->meeting, answers[0], err))
		return false;
	say_file("The minutes", "are in", answers[0]);
	return true;
}

static void ask_file(struct minutes_page *page)
{
	static const struct field fields[] = {
		{.key = "file",
			.label = "File",
			.type = &text_type,
			.max = 400,
			.width = 50,
			.flags = FIELD_REQUIRED,
			.help = "A new file, in this directory unless it says which."},
		{0},
	};

	snprintf(page->name, sizeof page->name, "minutes-%.40s.txt", page->meeting.key);
	ask_open(page->store, &(struct ask){.title = "Write the minutes to a file",
				      .does = "Write",
				      .file = true,
				      .fields = fields,
				      .prefill = page->name,
				      .answered = file_answered,
				      .context = page});
}

static enum page_answer scroll(struct minutes_page *page, int top)
{
	page->top = top < 0 ? 0 : top;
	return PAGE_HANDLED;
}

static enum page_answer minutes_key(struct page *base, const struct event *event)
{
	struct minutes_page *page = minutes_of(base);

	if (event->kind == EVENT_CHAR && event->codepoint == 'e') {
		ask_file(page);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR && event->codepoint == ' ')
		return scroll(page, page->top + page->rows - 1);
	if (event->kind != EVENT_KEY)
		return PAGE_IGNORED;
	switch (event->key) {
	case PRESS_UP:
		return scroll(page, page->top - 1);
	case PRESS_DOWN:
	case PRESS_ENTER:
		return scroll(page, page->top + 1);
	case PRESS_PAGE_UP:
		return scroll(page, page->top - page->rows + 1);
	case PRESS_PAGE_DOWN:
		return scroll(page, page->top + page->rows - 1);
	case PRESS_HOME:
		return scroll(page, 0);
	case PRESS_END:
		return scroll(page, page->height);
	default:
		return PAGE_IGNORED;
	}
}

static const struct hint *minutes_hints(struct page *page)
{
	static const struct hint hints[] = {
		{"PgDn", "Further"}, {"e", "Export"}, {"Esc", "Back"}, {"?", "Help"}, {NULL, NULL}};

	(void)page;
	return hints;
}

static const char *minutes_help(struct page *page)
{
	(void)page;
	return "The minutes as they stand, made from agenda, attendance, motions and action items. "
	       "e writes them to a text file. They are changed on the meeting's page, until a later "
	       "meeting approves them.";
}

static void minutes_free(struct page *base)
{
	struct minutes_page *page = minutes_of(base);

	meeting_free(&page->meeting);
	buffer_free(&page->text);
	free(page);
}

static const struct page_class minutes_class = {
	.title = minutes_title,
	.draw = minutes_draw,
	.key = minutes_key,
	.tick = minutes_tick,
	.hints = minutes_hints,
	.help = minutes_help,
	.free = minutes_free,
};

void minutes_open(struct store *store, const char *meeting)
{
	struct minutes_page *page = memory_new(sizeof *page);
	struct error err;

	page->page.class = &minutes_class;
	page->store = store;
	page->data_version = store_data_version(store);
	if (!meeting_read(store, meeting, &page->meeting, &err)) {
		message_set(ROLE_BAD, err.text);
		minutes_free(&page->page);
		return;
	}
	page_push(&page->page);
}
