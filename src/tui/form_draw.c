/*
 * form_draw.c - a form on the screen: the part of its sheet that is in sight, and the hint.
 * GPL-3.0-or-later.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/form.h"
#include "tui/form_parts.h"
#include "tui/wrap.h"

enum { HINT_ROWS_MOST = 2 };

/* The window through which the sheet is seen. */
struct view {
	struct area *area;
	int row, column; /* of its first cell in the area */
	int rows, columns;
	int top; /* the sheet's row that its first row shows */
};

static bool in_sight(const struct view *view, int row)
{
	return row >= view->top && row < view->top + view->rows;
}

static void put(
	const struct view *view, int row, int column, int width, enum role role, const char *text)
{
	if (!in_sight(view, row) || column >= view->columns)
		return;
	if (width > view->columns - column)
		width = view->columns - column;
	draw_text(
		view->area, view->row + row - view->top, view->column + column, width, role, text);
}

/* Wrapped text in at most rows rows. */
static void put_wrapped(const struct view *view, int row, int column, int rows, int width,
	enum role role, const char *text)
{
	size_t length = strlen(text);
	struct wrap line = {0};

	if (width > view->columns - column)
		width = view->columns - column;
	for (int i = 0; width > 0 && i < rows && wrap_next(&line, text, length, width); i++) {
		/* The last row there is room for shows by its "…" that more would follow. */
		bool all = line.last || i < rows - 1;
		size_t shown = all ? line.end - line.start : length - line.start;
		char *part = memory_text_part(text + line.start, shown);

		for (char *newline = part; (newline = strchr(newline, '\n')) != NULL;)
			*newline = ' ';
		put(view, row + i, column, all ? width : wrap_cut(part, shown, width), role, part);
		free(part);
	}
}

/* ---- sentences ---- */

char *item_error_line(const struct item *item)
{
	struct buffer line = {0};

	if (item->error == NULL)
		return NULL;
	buffer_add(&line, "! ");
	if (item->shares_line && !text_starts(item->error, item->field->label))
		buffer_format(&line, "%s: ", item->field->label);
	buffer_add(&line, item->error);
	return buffer_take(&line);
}

static void add_choices(struct buffer *line, const struct form_field *field)
{
	const char *choice;

	buffer_add(line, " One of: ");
	for (int i = 0; (choice = field->choices(field->choices_context, i)) != NULL; i++)
		buffer_format(line, "%s%s", i > 0 ? ", " : "", choice);
	buffer_add(line, ".");
}

char *item_hint_line(const struct form *form, int field)
{
	const struct item *item = &form->items[field];
	struct buffer line = {0};
	size_t start;

	buffer_format(&line, "%s:", item->field->label);
	start = line.length;
	if (!form->reading && (item->field->flags & FORM_REQUIRED) != 0)
		buffer_add(&line, " Required.");
	if (item->field->hint != NULL)
		buffer_format(&line, " %s", item->field->hint);
	if (item_editable(form, field) && item->field->choices != NULL)
		add_choices(&line, item->field);
	if (item_editable(form, field) && item->editor != NULL)
		buffer_add(&line, " Enter starts a new line, Tab goes on.");
	if (line.length == start)
		buffer_clear(&line);
	return buffer_take(&line);
}

int form_hint_rows(const struct form *form, int columns)
{
	int rows = 0;

	for (int field = 0; field < form->count; field++) {
		char *line = item_hint_line(form, field);
		int wanted = line[0] == '\0' ? 0 : wrap_rows(line, columns > 2 ? columns - 1 : 1);

		if (wanted > rows)
			rows = wanted;
		free(line);
	}
	return rows > HINT_ROWS_MOST ? HINT_ROWS_MOST : rows;
}

static void draw_hint(const struct form *form, const struct view *view)
{
	char *line;

	if (!form->active)
		return;
	line = item_hint_line(form, form->focus);
	put_wrapped(view, 0, 1, view->rows, view->columns - 1, ROLE_HINT, line);
	free(line);
}

/* ---- fields ---- */

static void draw_label(const struct view *view, const struct item *item, bool focused, bool reading)
{
	const struct place *place = &item->place;
	enum role role = focused ? ROLE_FOCUS : ROLE_HINT;
	struct buffer label = {0};

	buffer_add(&label, item->field->label);
	if (!reading && (item->field->flags & FORM_REQUIRED) != 0)
		buffer_add_char(&label, '*');
	if (focused)
		put(view, place->label_row, place->label_column - 1, 1, ROLE_FOCUS, ">");
	put(view, place->label_row, place->label_column, place->label_width, role,
		buffer_text(&label));
	buffer_free(&label);
}

/* The text without brackets: while reading, and fields that cannot be typed into. */
static void draw_value(const struct form *form, const struct view *view, int field, bool focused)
{
	const struct place *place = &form->items[field].place;
	int row = place->row < view->top ? view->top : place->row;

	put_wrapped(view, place->row, place->column, place->rows, place->width, ROLE_PLAIN,
		form_text(form, field));
	if (focused && in_sight(view, row) && place->column < view->columns)
		draw_cursor(view->area, view->row + row - view->top, view->column + place->column);
}

static void draw_entry(const struct view *view, const struct item *item, bool focused)
{
	const struct place *place = &item->place;
	bool fits = place->column + place->width <= view->columns;

	if (!in_sight(view, place->row) || place->column >= view->columns)
		return;
	entry_draw(item->entry, view->area, view->row + place->row - view->top,
		view->column + place->column, fits ? place->width : view->columns - place->column,
		ROLE_FIELD, false, focused);
	put(view, place->row, place->column - 1, 1, ROLE_PLAIN,
		entry_hidden_left(item->entry) ? "<" : "[");
	put(view, place->row, place->column + place->width, 1, ROLE_PLAIN,
		entry_hidden_right(item->entry) ? ">" : "]");
}

static void draw_editor(const struct view *view, const struct item *item, bool focused)
{
	const struct place *place = &item->place;
	bool whole = in_sight(view, place->row) && in_sight(view, place->row + place->rows - 1) &&
		     place->column + place->width <= view->columns;
	int last = place->row + place->rows - 1;

	if (whole)
		editor_draw(item->editor, view->area, view->row + place->row - view->top,
			view->column + place->column, place->rows, place->width, ROLE_FIELD,
			focused);
	else /* cut by the window's edge, so not the focused one */
		put_wrapped(view, place->row, place->column, place->rows, place->width, ROLE_FIELD,
			editor_text(item->editor));
	for (int row = place->row; row <= last; row++) {
		bool above = whole && row == place->row && editor_hidden_above(item->editor);
		bool below = whole && row == last && editor_hidden_below(item->editor);

		put(view, row, place->column - 1, 1, ROLE_PLAIN, "[");
		put(view, row, place->column + place->width, 1, ROLE_PLAIN,
			below   ? "v"
			: above ? "^"
				: "]");
	}
}

static void draw_field(const struct form *form, const struct view *view, int field)
{
	const struct item *item = &form->items[field];
	const struct place *place = &item->place;
	bool focused = form->active && field == form->focus;
	char *error = item_error_line(item);

	if (place->heading_row >= 0)
		put(view, place->heading_row, 1, view->columns - 1, ROLE_TITLE,
			item->field->section);
	draw_label(view, item, focused, form->reading);
	if (!item_editable(form, field))
		draw_value(form, view, field, focused);
	else if (item->editor != NULL)
		draw_editor(view, item, focused);
	else
		draw_entry(view, item, focused);
	if (place->note_row >= 0)
		put(view, place->note_row, place->note_column, place->note_width, ROLE_HINT,
			item_note(item));
	if (error != NULL)
		put_wrapped(view, place->error_row, place->error_column, place->error_rows,
			place->error_width, ROLE_BAD, error);
	free(error);
}

/* ---- the whole ---- */

/* Moves the sheet so that the rows from first to last are in sight, the first one surely. */
static void show_rows(struct form *form, int first, int last)
{
	if (last >= form->top + form->visible)
		form->top = last - form->visible + 1;
	if (first < form->top)
		form->top = first;
}

bool form_tall(const struct form *form, int *first_top, int *last_top)
{
	const struct place *place = &form->items[form->focus].place;

	if (!form->reading || place->rows < form->visible)
		return false;
	*first_top = place->first_row;
	if (*first_top < place->row - form->visible + 1)
		*first_top = place->row - form->visible + 1;
	*last_top = place->last_row - form->visible + 1;
	return true;
}

static void scroll(struct form *form, int height)
{
	const struct place *place = &form->items[form->focus].place;
	int first_top, last_top;

	if (form->top > height - form->visible)
		form->top = height > form->visible ? height - form->visible : 0;
	if (form_tall(form, &first_top, &last_top)) {
		if (form->top > last_top)
			form->top = last_top;
		if (form->top < first_top)
			form->top = first_top;
		return;
	}
	show_rows(form, place->first_row, place->last_row);
	show_rows(form, place->row, place->row + place->rows - 1);
}

/* The row between fields and hint: what was refused, or where the fields go on. */
static void draw_rest(const struct form *form, const struct view *view, int row, int height)
{
	if (form->active && form->refusal[0] != '\0')
		draw_format(view->area, row, view->column + 1, view->columns - 1, ROLE_WARNING,
			"! %s", form->refusal);
	else
		draw_more(view->area, row, view->column + 1, view->columns - 2, form->top > 0,
			form->top + form->visible < height);
}

void form_draw(struct form *form, struct area *area, int row, int column, int rows, int columns)
{
	int hint_rows = form_hint_rows(form, columns);
	int height;
	struct view fields;
	struct view hint;

	if (rows < 1 || columns < 1 || form->count == 0)
		return;
	for (int i = 0; i < rows; i++)
		draw_text_padded(area, row + i, column, columns, ROLE_PLAIN, "");
	/* Fields come first where there is little room: the hint shrinks, then goes. */
	if (hint_rows > 0 && rows < 10 && rows < form_height(form, columns))
		hint_rows = rows < 3 ? 0 : 1;
	form->columns = columns;
	form->visible = rows - hint_rows - (rows > 3);
	height = form_layout(form, columns, form->visible);
	scroll(form, height);
	fields = (struct view){area, row, column, form->visible, columns, form->top};
	hint = (struct view){area, row + rows - hint_rows, column, hint_rows, columns, 0};
	for (int field = 0; field < form->count; field++)
		draw_field(form, &fields, field);
	if (rows > 3)
		draw_rest(form, &fields, row + form->visible, height);
	draw_hint(form, &hint);
}

int form_height(struct form *form, int columns)
{
	return form_layout(form, columns, INT_MAX) + 1 + form_hint_rows(form, columns);
}
