/*
 * form_layout.c - where the fields of a form stand at a given width: labels in a column, short
 * fields side by side, long ones alone, remarks and errors beside or below. GPL-3.0-or-later.
 */
#include "tui/form_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/wrap.h"

enum {
	NARROW = 60,      /* columns below which every field has its own line */
	LONG_FIELD = 32,  /* cells from which a field has its own line */
	LABELS_MOST = 24, /* cells of the label column; longer labels stand above */
	MARGIN = 1,       /* the cell of the mark */
	GAP = 3,          /* between fields on a line; its last cell is a mark's */
	ERROR_LEAST = 36, /* cells below which an error starts at the left margin */
};

/* What is measured once for a layout. */
struct sheet {
	struct form *form;
	int columns;
	int visible;
	int labels; /* width of the label column */
	int second; /* where the second fields of lines start, 0: nowhere in common */
	int second_labels;
};

static int at_least(int least, int value)
{
	return value < least ? least : value;
}

static int at_most(int most, int value)
{
	return value > most ? most : value;
}

/* ---- measures of one field ---- */

static int label_cells(const struct item *item)
{
	return text_width(item->field->label) + ((item->field->flags & FORM_REQUIRED) != 0);
}

const char *item_note(const struct item *item)
{
	if (item->note != NULL)
		return item->note;
	return item->field->note != NULL ? item->field->note : "";
}

/* Cells that a remark beside the field takes with the blank before it. */
static int note_cells(const struct item *item)
{
	int cells = at_least(item->field->note_width, text_width(item_note(item)));

	return cells > 0 ? cells + 1 : 0;
}

/* The inside of the brackets as it would like to be: as declared, while reading all the text. */
static int wanted_cells(const struct form *form, int field)
{
	const struct item *item = &form->items[field];

	if (item->editor != NULL || item_editable(form, field))
		return at_least(1, item->field->width);
	return at_least(at_least(1, item->field->width), text_width(form_text(form, field)));
}

/* What a field takes on a line from its label's first cell on, given the label's width. */
static int extent(const struct form *form, int field, int label)
{
	return label + 1 + wanted_cells(form, field) + 2 + note_cells(&form->items[field]);
}

static bool alone(const struct form *form, int field)
{
	return form->items[field].editor != NULL || wanted_cells(form, field) > LONG_FIELD;
}

/* ---- which fields share a line ---- */

/* The field behind the last one of the line that first starts. */
static int line_end(const struct sheet *sheet, int first)
{
	const struct form *form = sheet->form;
	int column = MARGIN + extent(form, first, sheet->labels);
	int field = first + 1;

	if (sheet->columns < NARROW || alone(form, first))
		return field;
	for (; field < form->count && !alone(form, field); field++) {
		const struct form_field *declared = form->items[field].field;

		if (declared->section != NULL || (declared->flags & FORM_NEW_LINE) != 0)
			break;
		column += GAP + extent(form, field, label_cells(&form->items[field]));
		if (column > sheet->columns)
			break;
	}
	return field;
}

/* The label column is as wide as the labels that start lines, and which do depends on it. */
static void measure_labels(struct sheet *sheet)
{
	const struct form *form = sheet->form;
	int most = at_most(LABELS_MOST, sheet->columns * 2 / 5);

	sheet->labels = 0;
	for (int round = 0; round < 3; round++) {
		for (int first = 0; first < form->count; first = line_end(sheet, first)) {
			int cells = label_cells(&form->items[first]);

			if (cells <= most)
				sheet->labels = at_least(sheet->labels, cells);
		}
	}
}

/* The second fields of lines start in one column where the first ones leave room for it. */
static void measure_second(struct sheet *sheet)
{
	const struct form *form = sheet->form;
	int end;

	for (int first = 0; first < form->count; first = end) {
		int column = MARGIN + extent(form, first, sheet->labels) + GAP;

		end = line_end(sheet, first);
		if (end - first < 2 || column > sheet->columns * 45 / 100)
			continue;
		sheet->second = at_least(sheet->second, column);
		sheet->second_labels =
			at_least(sheet->second_labels, label_cells(&form->items[first + 1]));
	}
}

/* True when the line still fits with its second field in the common column. */
static bool second_fits(const struct sheet *sheet, int first, int end)
{
	const struct form *form = sheet->form;
	int column = MARGIN + extent(form, first, sheet->labels) + GAP;

	if (end - first < 2 || column > sheet->second)
		return false;
	column = sheet->second + extent(form, first + 1, sheet->second_labels);
	for (int field = first + 2; field < end; field++)
		column += GAP + extent(form, field, label_cells(&form->items[field]));
	return column <= sheet->columns;
}

/* ---- placing one line ---- */

/* Label and brackets of one field; the label takes label cells. Returns the cell behind. */
static int place_across(const struct sheet *sheet, int field, int column, int label, int row)
{
	struct item *item = &sheet->form->items[field];
	struct place *place = &item->place;
	int note = note_cells(item);

	place->label_row = row;
	place->label_column = column;
	place->label_width = label_cells(item);
	place->row = row;
	place->column = column + label + 2;
	place->width = at_least(
		1, at_most(sheet->columns - place->column - 1, wanted_cells(sheet->form, field)));
	place->rows = 1;
	place->note_row = -1;
	place->error_row = -1;
	place->heading_row = -1;
	column = place->column + place->width + 1;
	if (item->editor == NULL && note > 0 && column + note <= sheet->columns) {
		place->note_row = row;
		place->note_column = column + 1;
		place->note_width = note - 1;
		column += note;
	}
	return column;
}

/* How many rows the text of a field takes. */
static int value_rows(const struct sheet *sheet, int field)
{
	const struct item *item = &sheet->form->items[field];
	bool editable = item_editable(sheet->form, field);

	if (editable && item->editor == NULL)
		return 1;
	if (editable)
		return at_least(1, at_most(sheet->visible, item->field->rows));
	return at_least(
		item->field->rows, wrap_rows(form_text(sheet->form, field), item->place.width));
}

/* A label that is wider than its column stands in a row above. */
static int place_label_above(const struct sheet *sheet, int field, int row)
{
	struct place *place = &sheet->form->items[field].place;

	if (place->label_width <= sheet->labels)
		return row;
	place->label_width = at_most(sheet->columns - MARGIN, place->label_width);
	place->row++;
	if (place->note_row >= 0)
		place->note_row++;
	return row + 1;
}

/* A remark that found no place beside its field goes below. Returns the next free row. */
static int place_note_below(const struct sheet *sheet, int field, int row)
{
	struct item *item = &sheet->form->items[field];
	struct place *place = &item->place;
	int cells = text_width(item_note(item));

	if (place->note_row >= 0 || cells == 0)
		return row;
	place->note_row = row;
	place->note_column = at_least(0, at_most(sheet->columns - cells, place->column - 1));
	place->note_width = at_most(sheet->columns - place->note_column, cells);
	return row + 1;
}

/* The error beside the last field of a line, or below the line. Returns the next free row. */
static int place_error(const struct sheet *sheet, int field, int beside, int row)
{
	struct item *item = &sheet->form->items[field];
	struct place *place = &item->place;
	char *line = item_error_line(item);
	int cells;

	if (line == NULL)
		return row;
	cells = text_width(line);
	place->error_rows = 1;
	place->error_width = cells;
	if (beside > 0 && place->rows == 1 && beside + 2 + cells <= sheet->columns) {
		place->error_row = place->row;
		place->error_column = beside + 2;
	} else {
		place->error_row = row;
		place->error_column = place->column - 1;
		if (place->error_column + at_most(ERROR_LEAST, cells) > sheet->columns)
			place->error_column = at_most(MARGIN, sheet->columns - 1);
		place->error_width = at_least(1, sheet->columns - place->error_column);
		place->error_rows = wrap_rows(line, place->error_width);
		row += place->error_rows;
	}
	free(line);
	return row;
}

/* Places the fields from first to before end on one line; returns the next free row. */
static int place_line(const struct sheet *sheet, int first, int end, int row)
{
	struct item *items = sheet->form->items;
	bool common = second_fits(sheet, first, end);
	const char *section = items[first].field->section;
	int top = row;
	int column;

	if (section != NULL) {
		row += row > 0;
		row += section[0] != '\0';
	}
	column = place_across(sheet, first, MARGIN, sheet->labels, row);
	if (section != NULL && section[0] != '\0')
		items[first].place.heading_row = row - 1;
	for (int field = first + 1; field < end; field++) {
		bool at_second = field == first + 1 && common;

		column = at_second ? sheet->second : column + GAP;
		column = place_across(sheet, field, column,
			at_second ? sheet->second_labels : label_cells(&items[field]), row);
	}
	row = place_label_above(sheet, first, row);
	for (int field = first; field < end; field++) {
		items[field].shares_line = end - first > 1;
		items[field].place.row = row;
		items[field].place.rows = value_rows(sheet, field);
	}
	row += items[first].place.rows;
	for (int field = first; field < end; field++)
		row = place_note_below(sheet, field, row);
	for (int field = first; field < end; field++)
		row = place_error(sheet, field, field == end - 1 ? column : 0, row);
	for (int field = first; field < end; field++) {
		items[field].place.first_row = top;
		items[field].place.last_row = row - 1;
	}
	return row;
}

int form_layout(struct form *form, int columns, int visible)
{
	struct sheet sheet = {
		.form = form, .columns = at_least(1, columns), .visible = at_least(1, visible)};
	int row = 0;
	int end;

	measure_labels(&sheet);
	measure_second(&sheet);
	for (int first = 0; first < form->count; first = end) {
		end = line_end(&sheet, first);
		row = place_line(&sheet, first, end, row);
	}
	return row;
}
