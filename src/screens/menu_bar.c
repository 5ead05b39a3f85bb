/*
 * menu_bar.c - F10: the groups of the office and the lists in them, from the record types.
 * GPL-3.0-or-later.
 */
#include "screens/menus.h"

#include <string.h>

#include "core/text.h"
#include "screens/screens.h"
#include "tui/menu.h"

enum { CHOICES = 24, GAP = 2, BAR_ROW = 2 };

/* The group that is pulled down, and what is in it; there is one menu at a time. */
static struct {
	struct store *store;
	int group;
	const struct record_type *types[CHOICES];
	int count;
} pulled;

bool menus_has(const struct record_type *type)
{
	return record_type_parent(type) == NULL || type->views != NULL;
}

bool menus_go_home(void)
{
	struct page *first = page_top();

	while (first != NULL && first->below != NULL)
		first = first->below;
	return first == NULL || page_leave_above(first);
}

/* The order of a group is that of its first type. */
static int group_order(const char *group)
{
	int order = -1;

	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];

		if (strcmp(type->group, group) == 0 && (order < 0 || type->order < order))
			order = type->order;
	}
	return order;
}

static bool has_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

int menu_groups(const char *names[MENU_GROUPS])
{
	int count = 0;

	for (int i = 0; record_types[i] != NULL && count < MENU_GROUPS; i++) {
		const char *group = record_types[i]->group;
		int place = count;

		if (!menus_has(record_types[i]) || has_name(names, count, group))
			continue;
		for (; place > 0 && group_order(names[place - 1]) > group_order(group); place--)
			names[place] = names[place - 1];
		names[place] = group;
		count++;
	}
	return count;
}

/* Puts the types of a group into pulled, in menu order. */
static void pull(const char *group)
{
	pulled.count = 0;
	for (int i = 0; record_types[i] != NULL && pulled.count < CHOICES; i++) {
		const struct record_type *type = record_types[i];
		int place = pulled.count;

		if (strcmp(type->group, group) != 0 || !menus_has(type))
			continue;
		for (; place > 0 && pulled.types[place - 1]->order > type->order; place--)
			pulled.types[place] = pulled.types[place - 1];
		pulled.types[place] = type;
		pulled.count++;
	}
}

static void chosen(void *context, int choice)
{
	const char *names[MENU_GROUPS];
	int count = menu_groups(names);

	(void)context;
	if (choice == MENU_PREVIOUS)
		menu_group_open(pulled.store, (pulled.group + count - 1) % count);
	else if (choice == MENU_NEXT)
		menu_group_open(pulled.store, (pulled.group + 1) % count);
	else if (choice >= 0 && choice < pulled.count && menus_go_home())
		browse_open(pulled.store, pulled.types[choice], NULL, NULL);
}

void menu_group_open(struct store *store, int group)
{
	const char *names[MENU_GROUPS];
	struct menu_choice choices[CHOICES];
	int count = menu_groups(names);
	int column = 1;

	if (group < 0 || group >= count)
		return;
	for (int i = 0; i < group; i++)
		column += text_width(names[i]) + GAP;
	pull(names[group]);
	for (int i = 0; i < pulled.count; i++)
		choices[i] = (struct menu_choice){.label = pulled.types[i]->plural};
	pulled.store = store;
	pulled.group = group;
	menu_open(&(struct menu){.title = names[group],
		.choices = choices,
		.count = (size_t)pulled.count,
		.row = BAR_ROW,
		.column = column,
		.bar = true,
		.chosen = chosen});
}

void menu_bar_open(struct store *store)
{
	menu_group_open(store, pulled.store == NULL ? 0 : pulled.group);
}
