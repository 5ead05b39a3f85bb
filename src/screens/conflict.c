/*
 * conflict.c - a row for every field that somebody changed, and below it the full texts of the one
 * in focus. GPL-3.0-or-later.
 */
#include "screens/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "screens/record_rows.h"
#include "tui/keys.h"
#include "tui/loop.h"
#include "tui/page.h"
#include "tui/wrap.h"

enum {
	TABLE_FROM = 60, /* columns from which the three values stand side by side */
	FULL_ROWS = 14,  /* rows from which there is the sentence above the table */
	NAME_CELLS = 16,
	SIDE_CELLS = 8, /* "decide", "theirs" */
	DETAIL_LEAST = 3,
};

struct conflict_page {
	struct page page;
	struct store *store;
	struct merge *merge;           /* owned */
	char **was, **theirs, **yours; /* owned texts, one for each field of the merge */
	struct buffer detail;          /* of the focused field */
	int focus, top, detail_top, detail_rows, detail_most;
	bool narrow; /* no room for the three values side by side, nor for long hints */
	void (*saved)(void *context, struct record *result);
	void *context;
};

static struct conflict_page *conflict_of(struct page *page)
{
	return (struct conflict_page *)page;
}

/* ---- words ---- */

static void add_who(const char *who, const char *at, struct buffer *out)
{
	buffer_add(out, who[0] == '\0' ? "somebody else" : who);
	if (at[0] != '\0')
		buffer_format(out, " at %s", time_of_day(at));
}

void merged_said(const struct merge *merge, struct buffer *out)
{
	int named = 0;

	buffer_format(out, "Saved, together with what %s changed",
		merge->who[0] == '\0' ? "somebody else" : merge->who);
	if (merge->at[0] != '\0')
		buffer_format(out, " at %s", time_of_day(merge->at));
	for (int i = 0; i < merge->count; i++)
		if (merge->fields[i].kind == MERGE_THEIRS)
			buffer_format(out, "%s%s", named++ > 0 ? ", " : ": ",
				merge->fields[i].field->label);
	buffer_add_char(out, '.');
}

static char *value_words(
	struct conflict_page *page, const struct merge_field *field, const struct record *record)
{
	struct buffer text = {0};

	record_value_text(page->store, field->field, &record->values[field->index], &text);
	return buffer_take(&text);
}

/* What becomes of the field, in a word. */
static const char *side_word(const struct merge_field *field)
{
	if (field->kind == MERGE_SAME)
		return "same";
	if (field->kind != MERGE_CLASH)
		return field->kind == MERGE_THEIRS ? "taken" : "kept";
	return field->side == SIDE_OPEN     ? "decide"
	       : field->side == SIDE_THEIRS ? "theirs"
					    : "yours";
}

static void add_side(struct buffer *out, const char *label, const char *text)
{
	buffer_format(out, "%s: %s\n", label, text[0] == '\0' ? "(empty)" : text);
}

/* The full texts of the field in focus, and whose they are. */
static void tell_detail(struct conflict_page *page)
{
	const struct merge_field *field = &page->merge->fields[page->focus];
	const char *both =
		page->narrow ? "changed by both" : "changed by both: t takes theirs, y keeps yours";
	struct buffer theirs = {0};

	buffer_clear(&page->detail);
	page->detail_top = 0;
	if (page->merge->count == 0)
		return;
	buffer_add(&theirs, "Theirs");
	if (field->who[0] != '\0') {
		buffer_add(&theirs, " (");
		add_who(field->who, page->narrow ? "" : field->at, &theirs);
		buffer_add_char(&theirs, ')');
	}
	buffer_format(&page->detail, "%s, %s.\n", field->field->label,
		field->kind == MERGE_THEIRS  ? "taken from theirs: you did not change it"
		: field->kind == MERGE_YOURS ? "kept from yours: nobody else changed it"
		: field->kind == MERGE_SAME  ? "changed to the same by both"
		: field->side == SIDE_OPEN   ? both
		: field->side == SIDE_THEIRS ? "changed by both: theirs is taken"
					     : "changed by both: yours is kept");
	/* What is decided between comes first: on a small screen it is all there is room for. */
	if (field->kind != MERGE_YOURS)
		add_side(&page->detail, buffer_text(&theirs), page->theirs[page->focus]);
	if (field->kind != MERGE_THEIRS)
		add_side(&page->detail, "Yours", page->yours[page->focus]);
	add_side(&page->detail, "Was", page->was[page->focus]);
	page->detail.data[--page->detail.length] = '\0';
	buffer_free(&theirs);
}

/* ---- drawing ---- */

static void conflict_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct conflict_page *page = conflict_of(base);
	int open = merge_open(page->merge);

	buffer_format(left, "%s was changed by ", record_key(page->merge->theirs));
	add_who(page->merge->who, page->merge->at, left);
	if (open > 0)
		buffer_format(right, "%d to decide", open);
	else
		buffer_add(right, "all decided");
}

/* The first line of a text, so that a note does not run through the table. */
static void draw_value(
	struct area *area, int row, int column, int width, enum role role, const char *text)
{
	char *line = memory_text_part(text, strcspn(text, "\n"));

	draw_text(area, row, column, width, role, line);
	free(line);
}

static void draw_table_row(
	const struct conflict_page *page, struct area *area, int row, int index, int width)
{
	const struct merge_field *field = &page->merge->fields[index];
	bool only_yours = field->kind == MERGE_YOURS, only_theirs = field->kind == MERGE_THEIRS;
	const char *theirs = only_yours ? "(no change)" : page->theirs[index];
	const char *yours = only_theirs ? "(no change)" : page->yours[index];
	int column = 3 + NAME_CELLS;

	draw_value(area, row, column, width - 1, ROLE_PLAIN, page->was[index]);
	draw_value(
		area, row, column + width, width - 1, only_yours ? ROLE_HINT : ROLE_PLAIN, theirs);
	draw_value(area, row, column + 2 * width, width - 1, only_theirs ? ROLE_HINT : ROLE_PLAIN,
		yours);
}

static void draw_row(
	const struct conflict_page *page, struct area *area, int row, int index, int width)
{
	const struct merge_field *field = &page->merge->fields[index];
	bool focused = index == page->focus;
	int name = width > 0 ? NAME_CELLS - 1 : area->columns - SIDE_CELLS - 5;

	if (focused) {
		draw_text(area, row, 1, 1, ROLE_FOCUS, ">");
		draw_cursor(area, row, 1);
	}
	draw_text(area, row, 3, name, focused ? ROLE_FOCUS : ROLE_PLAIN, field->field->label);
	if (width > 0)
		draw_table_row(page, area, row, index, width);
	draw_text(area, row, area->columns - SIDE_CELLS, SIDE_CELLS - 1,
		field->side == SIDE_OPEN ? ROLE_WARNING : ROLE_PLAIN, side_word(field));
}

static void draw_headings(struct area *area, int row, int width)
{
	int column = 3 + NAME_CELLS;

	draw_text(area, row, 3, NAME_CELLS, ROLE_TITLE, "Field");
	if (width == 0)
		return;
	draw_text(area, row, column, width - 1, ROLE_TITLE, "Was");
	draw_text(area, row, column + width, width - 1, ROLE_TITLE, "Theirs");
	draw_text(area, row, column + 2 * width, width - 1, ROLE_TITLE, "Yours");
}

static void draw_detail(struct conflict_page *page, struct area *area)
{
	const char *text = buffer_text(&page->detail);
	size_t length = page->detail.length;
	struct wrap line = {0};
	int width = area->columns - 2;

	if (width < 1 || area->rows < 1)
		return;
	page->detail_rows = area->rows;
	page->detail_most = wrap_rows(text, width) - area->rows;
	if (page->detail_top > page->detail_most)
		page->detail_top = page->detail_most > 0 ? page->detail_most : 0;
	for (int i = 0; i < page->detail_top; i++)
		wrap_next(&line, text, length, width);
	for (int row = 0; row < area->rows && wrap_next(&line, text, length, width); row++) {
		char *part = memory_text_part(text + line.start, line.end - line.start);

		draw_text(area, row, 1, width,
			row + page->detail_top == 0 ? ROLE_TITLE : ROLE_PLAIN, part);
		free(part);
	}
}

static int smaller(int left, int right)
{
	return left < right ? left : right;
}

/* Rows of the table: all of them where they leave room for the texts below. */
static int table_rows(struct conflict_page *page, int rows)
{
	int most = rows - DETAIL_LEAST - 1 > rows / 2 ? rows / 2 : rows - DETAIL_LEAST - 1;

	most = smaller(page->merge->count, most < 1 ? 1 : most);
	if (page->focus < page->top)
		page->top = page->focus;
	if (page->focus >= page->top + most)
		page->top = page->focus - most + 1;
	return most;
}

static void conflict_draw(struct page *base, struct area *area)
{
	struct conflict_page *page = conflict_of(base);
	int width =
		area->columns < TABLE_FROM ? 0 : (area->columns - 3 - NAME_CELLS - SIDE_CELLS) / 3;
	int row = 0, rows;
	struct area detail;

	if (page->narrow != (width == 0)) {
		page->narrow = width == 0;
		tell_detail(page);
	}
	if (area->rows >= FULL_ROWS) {
		row = draw_wrapped(area, 0, 1, area->columns - 2, 2, ROLE_PLAIN,
			"You were both writing in it. What only one of you changed goes together by "
			"itself; nothing you typed is lost.");
		row++;
	}
	draw_headings(area, row++, width);
	rows = table_rows(page, area->rows - row);
	for (int i = 0; i < rows; i++)
		draw_row(page, area, row + i, page->top + i, width);
	row += rows;
	if (row + DETAIL_LEAST < area->rows)
		draw_rule(area, row++, 0, area->columns);
	detail = area_part(area, row, 0, area->rows - row, area->columns);
	draw_detail(page, &detail);
}

static const struct hint *conflict_hints(struct page *base)
{
	static const struct hint open[] = {{"t", "Take theirs"}, {"y", "Keep yours"},
		{"Esc", "Back to the form"}, {NULL, NULL}};
	static const struct hint open_long[] = {{"t", "Take theirs"}, {"y", "Keep yours"},
		{"PgDn", "Read on"}, {"Esc", "Back to the form"}, {NULL, NULL}};
	static const struct hint decided[] = {{"Enter", "Save"}, {"t", "Take theirs"},
		{"y", "Keep yours"}, {"Esc", "Back to the form"}, {NULL, NULL}};
	static const struct hint narrow_open[] = {
		{"t", "Theirs"}, {"y", "Yours"}, {"Esc", "Back"}, {NULL, NULL}};
	static const struct hint narrow_decided[] = {
		{"Enter", "Save"}, {"t", "Theirs"}, {"y", "Yours"}, {"Esc", "Back"}, {NULL, NULL}};
	const struct conflict_page *page = conflict_of(base);

	if (merge_open(page->merge) > 0)
		return page->narrow ? narrow_open : page->detail_most > 0 ? open_long : open;
	return page->narrow ? narrow_decided : decided;
}

static const char *conflict_help(struct page *page)
{
	(void)page;
	return "Somebody saved this record while you were writing in it. Was is what stood there when "
	       "you began; theirs is what they made of it, yours what you typed.\n"
	       "= What goes together by itself\n"
	       "taken\tonly they changed it: theirs is in the result\n"
	       "kept\tonly you changed it: yours is in the result\n"
	       "= What you decide\n"
	       "t\ttakes theirs for the field in focus\n"
	       "y\tkeeps yours\n"
	       "Enter\tsaves the result when nothing is left to decide\n"
	       "Esc\tgoes back to the form, where all you typed still stands: to write something "
	       "that does justice to both, and save again\n"
	       "PgDn PgUp\tread a long text to its end\n";
}

/* ---- keys ---- */

static enum page_answer go(struct conflict_page *page, int to)
{
	if (to < 0 || to >= page->merge->count)
		return PAGE_QUIET;
	page->focus = to;
	tell_detail(page);
	return PAGE_HANDLED;
}

/* On to the next one that is still open, from the top again behind the last. */
static void go_to_open(struct conflict_page *page)
{
	for (int step = 1; step <= page->merge->count; step++) {
		int index = (page->focus + step) % page->merge->count;

		if (page->merge->fields[index].side != SIDE_OPEN)
			continue;
		page->focus = index;
		break;
	}
	tell_detail(page);
}

static enum page_answer decide(struct conflict_page *page, enum merge_side side)
{
	if (!merge_decide(page->merge, page->focus, side)) {
		message_set(
			ROLE_PLAIN, "Only one of you changed this, so there is nothing to decide.");
		return PAGE_HANDLED;
	}
	go_to_open(page);
	if (merge_open(page->merge) == 0)
		message_set(ROLE_GOOD, "All is decided. Enter saves.");
	return PAGE_HANDLED;
}

static enum page_answer save(struct conflict_page *page)
{
	void (*saved)(void *context, struct record *result) = page->saved;
	void *context = page->context;
	struct record *result;

	if (merge_open(page->merge) > 0) {
		message_format(ROLE_WARNING, "%d still to decide: t takes theirs, y keeps yours.",
			merge_open(page->merge));
		go_to_open(page);
		return PAGE_HANDLED;
	}
	result = merge_result(page->merge);
	page_close(&page->page);
	saved(context, result);
	return PAGE_HANDLED;
}

static enum page_answer scroll(struct conflict_page *page, int by)
{
	int to = page->detail_top + by;

	if (to > page->detail_most)
		to = page->detail_most;
	page->detail_top = to < 0 ? 0 : to;
	return PAGE_HANDLED;
}

static enum page_answer press(struct conflict_page *page, int key)
{
	switch (key) {
	case PRESS_UP:
	case PRESS_BACKTAB:
		return go(page, page->focus - 1);
	case PRESS_DOWN:
	case PRESS_TAB:
		return go(page, page->focus + 1);
	case PRESS_HOME:
		return go(page, 0);
	case PRESS_END:
		return go(page, page->merge->count - 1);
	case PRESS_PAGE_UP:
		return scroll(page, 1 - page->detail_rows);
	case PRESS_PAGE_DOWN:
		return scroll(page, page->detail_rows - 1);
	case PRESS_ENTER:
		return save(page);
	default:
		return PAGE_IGNORED;
	}
}

static enum page_answer conflict_key(struct page *base, const struct event *event)
{
	struct conflict_page *page = conflict_of(base);

	if (event->kind == EVENT_RESIZE)
		return PAGE_HANDLED;
	if (event->command == COMMAND_SAVE)
		return save(page);
	if (event->kind == EVENT_CHAR && event->codepoint == 't')
		return decide(page, SIDE_THEIRS);
	if (event->kind == EVENT_CHAR && event->codepoint == 'y')
		return decide(page, SIDE_YOURS);
	return event->kind == EVENT_KEY && event->command == COMMAND_NONE ? press(page, event->key)
									  : PAGE_IGNORED;
}

/* ---- beginning and end ---- */

static void free_texts(char **texts, int count)
{
	for (int i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
}

static void conflict_free(struct page *base)
{
	struct conflict_page *page = conflict_of(base);
	int count = page->merge->count;

	free_texts(page->was, count);
	free_texts(page->theirs, count);
	free_texts(page->yours, count);
	buffer_free(&page->detail);
	merge_free(page->merge);
	free(page);
}

static const struct page_class conflict_class = {
	.title = conflict_title,
	.draw = conflict_draw,
	.key = conflict_key,
	.hints = conflict_hints,
	.help = conflict_help,
	.free = conflict_free,
};

static char **read_texts(struct conflict_page *page, const struct record *record)
{
	char **texts = memory_new(((size_t)page->merge->count + 1) * sizeof *texts);

	for (int i = 0; i < page->merge->count; i++)
		texts[i] = value_words(page, &page->merge->fields[i], record);
	return texts;
}

void conflict_open(struct store *store, struct merge *merge,
	void (*saved)(void *context, struct record *result), void *context)
{
	struct conflict_page *page = memory_new(sizeof *page);

	page->page.class = &conflict_class;
	page->store = store;
	page->merge = merge;
	page->saved = saved;
	page->context = context;
	page->was = read_texts(page, merge->base);
	page->theirs = read_texts(page, merge->theirs);
	page->yours = read_texts(page, merge->yours);
	page->focus = merge->count > 0 ? merge->count - 1 : 0;
	go_to_open(page);
	page_push(&page->page);
}
