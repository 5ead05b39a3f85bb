/*
 * find.c - find anything: records of all types by key, name and text. GPL-3.0-or-later.
 */
#include <string.h>

#include "screens/screens.h"
#include "tui/menu.h"

enum { ROWS = 40 };

static void find_rows(void *context, const char *typed, struct picker_rows *rows)
{
	struct found found[ROWS];
	int count = typed[0] == '\0' ? 0 : record_find(context, typed, ROWS, found);

	for (int i = 0; i < count; i++) {
		struct buffer text = {0};
		int64_t type = 0;

		while (record_types[type] != found[i].type)
			type++;
		buffer_add(&text, found[i].key);
		if (found[i].title != NULL && strcmp(found[i].title, found[i].key) != 0)
			buffer_format(&text, "  %s", found[i].title);
		picker_add(rows, buffer_text(&text), found[i].type->label, found[i].key, type);
		buffer_free(&text);
	}
	found_free(found, count > 0 ? count : 0);
}

static void find_picked(void *context, const struct picker_row *row, const char *typed)
{
	(void)typed;
	if (row != NULL)
		record_open(context, record_types[row->id], row->value);
}

void find_open(struct store *store, const char *typed)
{
	const struct picker picker = {.title = "Find anything",
		.typed = typed,
		.empty = "Type a name, a number or words; what has them is listed here.",
		.nothing =
			"Nothing has these words. Each must begin a word of a record: try fewer or "
			"shorter ones, or a number such as C-0007.",
		.rows = find_rows,
		.picked = find_picked,
		.context = store};

	picker_open(&picker);
}
