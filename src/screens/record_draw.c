/*
 * record_draw.c - the page of a record on the screen: fields, parts below them, what is worked
 * out, and which keys the last line names. GPL-3.0-or-later.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/record_page.h"
#include "screens/session.h"
#include "tui/keys.h"

enum {
	FORM_LEAST = 4,      /* rows of the fields, however much stands below */
	PARTS_MOST = 6,      /* rows of parts below the fields, heading included */
	RULE_FROM_ROWS = 14, /* below that there is no rule under the tabs */
	WIDE = 120,          /* columns from which something stands beside the fields */
	FIELDS_COLUMNS = 82, /* of the fields then */
};

static struct record_page *record_of(struct page *page)
{
	return (struct record_page *)page;
}

void record_page_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct record_page *page = record_of(base);
	const struct record *record = page->record;
	const struct field *title = record_type_title(page->type);
	struct buffer text = {0};

	if (record->id == 0) {
		buffer_format(left, "New %s", page->type->label);
		buffer_add(right, "not saved yet");
		return;
	}
	buffer_add(left, record_key(record));
	if (title != NULL && title != record_type_key(page->type)) {
		record_format(record, title->key, &text);
		/* The first line of a text is enough of a name. */
		buffer_format(
			left, "  %.*s", (int)strcspn(buffer_text(&text), "\n"), buffer_text(&text));
	}
	if (page->notice[0] != '\0')
		buffer_add(right, page->notice);
	else
		buffer_add(right,
			record_state(record)[0] != '\0' ? record_state(record) : page->type->label);
	buffer_free(&text);
}

/* Rows that the lines of the extra take: the first one from the margin, the others set in. */
static int draw_lines(const struct record_page *page, struct area *area, int row, int rows)
{
	char *text = memory_text(buffer_text(&page->lines));
	int used = 0;

	for (char *line = text, *next; line[0] != '\0' && used < rows; line = next) {
		int column = used == 0 ? 1 : 3;

		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		else
			next = line + strlen(line);
		used += draw_wrapped(area, row + used, column,
			(area == NULL ? 80 : area->columns) - column - 1, rows - used,
			used == 0 ? ROLE_TITLE : ROLE_PLAIN, line);
	}
	free(text);
	return used;
}

static int count_lines(const struct record_page *page, int columns)
{
	char *text = memory_text(buffer_text(&page->lines));
	int rows = 0;

	for (char *rest, *line = strtok_r(text, "\n", &rest); line != NULL;
		line = strtok_r(NULL, "\n", &rest))
		rows += draw_wrapped(NULL, 0, 0, columns - 4, INT_MAX, ROLE_PLAIN, line);
	free(text);
	return rows;
}

/* How the rows of the page are shared out. */
struct shares {
	int form, parts, sum, lines;
	bool set_off; /* the first of the lines is blank */
};

static int at_most(int most, int value)
{
	return value > most ? most : value;
}

static struct shares share_rows(struct record_page *page, int rows, int columns)
{
	int64_t count = page->part < 0 ? 0 : page->tabs[page->part].count;
	int parts = page->part < 0 ? 0 : at_most(PARTS_MOST, (int)(count > 0 ? count : 0) + 1);
	int lines = count_lines(page, columns);
	int wanted = form_height(page->form, columns);
	struct shares share = {.sum = page->sum.length > 0 && rows > 10};

	/* The fields give way first, since they scroll; then the parts, which do too. */
	share.lines = lines == 0 ? 0 : lines + 1;
	share.parts = parts;
	share.form = rows - share.lines - share.parts - share.sum;
	if (share.form < FORM_LEAST) {
		share.parts = parts == 0 ? 0 : at_most(parts, 2 + (page->in_parts && rows > 8));
		share.form = rows - share.lines - share.parts - share.sum;
	}
	if (share.form < FORM_LEAST) {
		share.lines = at_most(share.lines, rows / 4);
		share.form = rows - share.lines - share.parts - share.sum;
	}
	share.set_off = share.lines > lines;
	if (share.form > wanted)
		share.form = wanted;
	return share;
}

static void draw_fields(struct record_page *page, struct area *area)
{
	struct shares share = share_rows(page, area->rows, area->columns);
	int row = share.form;

	form_draw(page->form, area, 0, 0, share.form, area->columns);
	if (share.parts > 0) {
		struct row_keys *parts = tabs_rows(page, page->part);
		struct area part = area_part(area, row, 0, share.parts, area->columns);

		record_rows_typing(parts->rows, page->editing);
		list_active_set(record_rows_list(parts->rows), page->in_parts);
		list_draw(record_rows_list(parts->rows), &part);
		row += share.parts;
	}
	if (share.sum > 0)
		draw_text_right(
			area, row++, 1, area->columns - 2, ROLE_PLAIN, buffer_text(&page->sum));
	row += share.set_off;
	draw_lines(page, area, row, area->rows - row);
}

void record_page_draw(struct page *base, struct area *area)
{
	struct record_page *page = record_of(base);
	int top = area->rows >= RULE_FROM_ROWS ? 2 : 1;
	struct area body;

	if (page->tab_count == 0)
		top = area->rows >= RULE_FROM_ROWS ? 1 : 0;
	else
		tabs_draw(page, area);
	if (area->rows >= RULE_FROM_ROWS)
		draw_rule(area, top - 1, 0, area->columns);
	body = area_part(area, top, 0, area->rows - top, area->columns);
	page->wide = page->record->id != 0 && area->columns >= WIDE;
	if (page->tab > 0) {
		struct list *list = record_rows_list(tabs_rows(page, page->tab - 1)->rows);

		list_active_set(list, true);
		list_draw(list, &body);
	} else if (page->wide) {
		struct area fields = area_part(&body, 0, 0, body.rows, FIELDS_COLUMNS);
		struct area beside = area_part(
			&body, 0, FIELDS_COLUMNS + 1, body.rows, body.columns - FIELDS_COLUMNS - 1);

		draw_fields(page, &fields);
		aside_draw(&page->aside, &beside);
	} else {
		draw_fields(page, &body);
	}
}

/* ---- hints ---- */

/* "New line" of a request, "Next line" of a line: the last word of the type says enough. */
static const char *new_hint(struct record_page *page)
{
	const struct record_type *type =
		page->part < 0 ? page->type : page->tabs[page->part].child.type;
	const char *word = strrchr(type->label, ' ');

	snprintf(page->new_part, sizeof page->new_part, "%s %s", page->part < 0 ? "Next" : "New",
		word == NULL ? type->label : word + 1);
	return page->new_part;
}

static int edit_hints(struct record_page *page, struct hint *hints)
{
	int count = 0;

	hints[count++] = key_hint(COMMAND_SAVE, NULL);
	for (int i = 0; i < page->offered.count && count < 4; i++) {
		const struct action *action = page->offered.actions[i];

		if (action->letter != NULL && action->letter[0] == '^')
			hints[count++] = (struct hint){action->letter, action->label};
	}
	hints[count++] = (struct hint){"Tab", "Next"};
	if (form_can_look_up(page->form))
		hints[count++] = key_hint(COMMAND_LOOK_UP, NULL);
	if (page->part >= 0 || record_type_parent(page->type) != NULL)
		hints[count++] = key_hint(COMMAND_NEW, new_hint(page));
	hints[count++] = key_hint(COMMAND_LEAVE, NULL);
	if (session_last(page->type) != NULL)
		hints[count++] = key_hint(COMMAND_COPY, "Copy last");
	hints[count++] = key_hint(COMMAND_UNDO, NULL);
	hints[count++] = key_hint(COMMAND_HELP, NULL);
	return count;
}

const struct field *record_page_reference(struct record_page *page)
{
	const struct field *field;

	if (page->tab > 0 || page->in_parts || form_count(page->form) == 0)
		return NULL;
	field = record_form_field(page->fields, form_focus_index(page->form));
	return field->refers != NULL && !value_empty(record_value(page->record, field->key)) ? field
											     : NULL;
}

static int read_hints(struct record_page *page, struct hint *hints)
{
	const int most = RECORD_HINTS - 8;
	int count = 0;

	if (page->writes && !page->locked)
		hints[count++] = (struct hint){"Enter", "Edit"};
	count = offered_hints(&page->offered, hints, count, most);
	if (page->may_undo)
		hints[count++] = key_hint(COMMAND_UNDO, NULL);
	if ((page->part >= 0 || record_type_parent(page->type) != NULL) && page->writes &&
		!page->locked)
		hints[count++] = key_hint(COMMAND_NEW, new_hint(page));
	if (page->tab_count > 0)
		hints[count++] = (struct hint){"Tab", "Parts"};
	if (record_page_reference(page) != NULL)
		hints[count++] = key_hint(COMMAND_LOOK_UP, "Go to it");
	hints[count++] = key_hint(COMMAND_LEAVE, NULL);
	hints[count++] = (struct hint){"?", "Help"};
	if (page->writes && !page->locked)
		hints[count++] = key_hint(COMMAND_DELETE, NULL);
	hints[count++] = (struct hint){"h", "History"};
	return count;
}

const struct hint *record_page_hints(struct page *base)
{
	struct record_page *page = record_of(base);
	struct row_keys *rows = tabs_focused(page);
	int count;

	if (page->editing) {
		count = edit_hints(page, page->hints);
	} else if (rows != NULL) {
		count = row_keys_hints(rows, page->hints, 0, RECORD_HINTS - 5);
		count = row_keys_steady_hints(rows, page->hints, count, RECORD_HINTS - 4);
		/* Below the fields the record's own actions are still the next thing to do. */
		if (page->in_parts)
			count = offered_hints(&page->offered, page->hints, count, RECORD_HINTS - 4);
		page->hints[count++] = (struct hint){"Tab", "Parts"};
		page->hints[count++] = key_hint(COMMAND_LEAVE, NULL);
		page->hints[count++] = (struct hint){"?", "Help"};
		count = row_keys_more_hints(rows, page->hints, count, RECORD_HINTS - 1);
	} else {
		count = read_hints(page, page->hints);
	}
	page->hints[count] = (struct hint){NULL, NULL};
	return page->hints;
}
