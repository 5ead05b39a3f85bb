/*
 * record_columns.c - the columns of a list from the field table. GPL-3.0-or-later.
 */
#include "screens/record_columns.h"

#include "core/text.h"

enum {
	TITLE_LEAST = 16,     /* cells a title needs to be of use */
	REFERENCE_LEAST = 10, /* its key */
	MONEY_LEAST = 9,      /* 9,999.99 and a sign */
	TEXT_LEAST = 10,
	KEY_NUMBER_CELLS = 5,  /* "-0001" behind the prefix */
	KEY_YEARLY_CELLS = 10, /* "-2026-0001" */
	KEY_MEETING_CELLS = 8, /* "-2026-03" */
	KEY_CHILD_CELLS = 3,   /* "/12" */
	KEY_CODE_CELLS = 2,    /* a body's code, mostly */
	TITLE_MOST = 24,       /* what it takes before others; then it grows */
	WANTED_MOST = 30,
};

const struct field *record_state_field(const struct record_type *type)
{
	return record_type_field(type, type->state != NULL ? type->state : "status");
}

static int smaller(int left, int right)
{
	return left < right ? left : right;
}

static int larger(int left, int right)
{
	return left > right ? left : right;
}

/* Cells of a key: prefix and number, and those of the parent's before them. */
static int key_width(const struct record_type *type)
{
	const struct field *parent = record_type_parent(type);
	int prefix = type->prefix == NULL ? 0 : text_width(type->prefix);

	switch (type->key_rule) {
	case KEY_NUMBER:
		return prefix + KEY_NUMBER_CELLS;
	case KEY_YEARLY:
		return prefix + KEY_YEARLY_CELLS;
	case KEY_MEETING:
		return KEY_CODE_CELLS + KEY_MEETING_CELLS;
	case KEY_CHILD:
		return key_width(record_type_find(parent->refers)) + prefix + KEY_CHILD_CELLS;
	case KEY_NATURAL:
		break;
	}
	return KEY_CODE_CELLS;
}

/* Cells below which a column of the field is of no use. */
static int least_width(const struct record_type *type, const struct field *field)
{
	int width = field_width(field);

	if (field->flags & FIELD_KEY && type->key_rule != KEY_NATURAL)
		width = key_width(type);
	else if (field->flags & FIELD_TITLE)
		width = smaller(width, TITLE_LEAST);
	else if (field->type->edit == EDIT_REFERENCE)
		width = smaller(width, REFERENCE_LEAST);
	else if (field->type->right)
		width = smaller(width, MONEY_LEAST);
	/* A width of the field's own is what it likes; its type's is the shape of its values. */
	else if (field->width > 0 && field->type->text)
		width = smaller(width, TEXT_LEAST);
	return larger(width, smaller(text_width(field_heading(field)), TEXT_LEAST));
}

/* What goes later on a narrow screen has the smaller number; 0 never goes. */
static int priority(const struct record_type *type, const struct field *field, int place)
{
	if (place == 0 || field->flags & FIELD_TITLE)
		return 0;
	/* What is worked out tells more than what is stored: where it stands, then how much it is.
	 */
	if (field == record_state_field(type) || field->flags & FIELD_COMPUTED)
		return field->type->right ? 2 : 1;
	return field->type == &money_type ? 3 : place + 3;
}

static struct list_column make_column(
	const struct record_type *type, const struct field *field, int place)
{
	int least = least_width(type, field);
	int wanted = field->flags & FIELD_KEY ? least : field_width(field);

	return (struct list_column){.heading = field_heading(field),
		.width = least,
		.wanted = larger(
			least, smaller(larger(wanted, text_width(field_heading(field))),
				       field->flags & FIELD_TITLE ? TITLE_MOST : WANTED_MOST)),
		.grow = field->flags & FIELD_TITLE && !(field->flags & FIELD_KEY) ? 1 : 0,
		.priority = priority(type, field, place),
		.right = field->type->right};
}

int record_columns(const struct record_type *type, const struct field *leave_out, bool private,
	const struct field **fields, struct list_column *columns)
{
	const struct field *first = record_type_key(type);
	int count = 0;

	if (!(first->flags & FIELD_IN_LIST) && record_type_title(type) != NULL)
		first = record_type_title(type);
	fields[count] = first;
	columns[count] = make_column(type, first, count);
	count++;
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (field == first || field == leave_out || !(field->flags & FIELD_IN_LIST) ||
			(field->flags & FIELD_PRIVATE && !private) || count == RECORD_COLUMNS)
			continue;
		fields[count] = field;
		columns[count] = make_column(type, field, count);
		count++;
	}
	return count;
}
