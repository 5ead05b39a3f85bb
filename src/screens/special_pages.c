/*
 * special_pages.c - the record types with a page of their own. GPL-3.0-or-later.
 */
#include <stddef.h>
#include <string.h>

#include "screens/screens.h"

static const struct special_page special_pages[] = {
	{"budget", budget_open},
	{"meeting", meeting_open},
};

const struct special_page *special_page_of(const struct record_type *type)
{
	for (size_t i = 0; i < sizeof special_pages / sizeof *special_pages; i++)
		if (strcmp(special_pages[i].type, type->name) == 0)
			return &special_pages[i];
	return NULL;
}
