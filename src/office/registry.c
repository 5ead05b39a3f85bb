/*
 * registry.c - looking things up in the declarations: types, fields, views, actions, and which
 * types are parts of which. GPL-3.0-or-later.
 */
#include "office/record.h"

#include <string.h>

#include "core/fatal.h"

const struct record_type *record_type_find(const char *name)
{
	for (int i = 0; record_types[i] != NULL; i++) {
		if (strcmp(record_types[i]->name, name) == 0)
			return record_types[i];
	}
	for (int i = 0; record_types[i] != NULL; i++) {
		if (strcmp(record_types[i]->table, name) == 0)
			return record_types[i];
	}
	return NULL;
}

int record_type_field_index(const struct record_type *type, const char *key)
{
	for (int i = 0; type->fields[i].key != NULL; i++) {
		if (strcmp(type->fields[i].key, key) == 0)
			return i;
	}
	return -1;
}

const struct field *record_type_field(const struct record_type *type, const char *key)
{
	int index = record_type_field_index(type, key);

	return index < 0 ? NULL : &type->fields[index];
}

int record_type_field_count(const struct record_type *type)
{
	int count = 0;

	while (type->fields[count].key != NULL)
		count++;
	return count;
}

static const struct field *first_with(const struct record_type *type, unsigned flag)
{
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (field->flags & flag)
			return field;
	}
	return NULL;
}

const struct field *record_type_key(const struct record_type *type)
{
	return first_with(type, FIELD_KEY);
}

const struct field *record_type_title(const struct record_type *type)
{
	return first_with(type, FIELD_TITLE);
}

const struct field *record_type_parent(const struct record_type *type)
{
	return first_with(type, FIELD_PARENT);
}

const struct view *record_type_view(const struct record_type *type, const char *name)
{
	for (const struct view *view = type->views; view != NULL && view->name != NULL; view++) {
		if (strcmp(view->name, name) == 0)
			return view;
	}
	return NULL;
}

const struct action *record_type_action(const struct record_type *type, const char *name)
{
	const struct action *action = type->actions;

	for (; action != NULL && action->name != NULL; action++) {
		if (strcmp(action->name, name) == 0)
			return action;
	}
	return NULL;
}

const struct record_type *field_refers(const struct field *field)
{
	const struct record_type *type =
		field->refers == NULL ? NULL : record_type_find(field->refers);

	if (type == NULL)
		fatal("field %s refers to no type of record", field->key);
	return type;
}

int record_type_children(const struct record_type *type, struct child_list *out, int capacity)
{
	int count = 0;

	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			if (!(field->flags & (FIELD_PARENT | FIELD_TAB)) || field->refers == NULL ||
				strcmp(field->refers, type->name) != 0 || count == capacity)
				continue;
			int place = count++;
			for (; place > 0 && out[place - 1].type->order > record_types[i]->order;
				place--)
				out[place] = out[place - 1];
			out[place] = (struct child_list){record_types[i], field};
		}
	}
	return count;
}
