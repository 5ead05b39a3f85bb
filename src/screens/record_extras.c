/*
 * record_extras.c - the table of what some record pages show besides. GPL-3.0-or-later.
 */
#include "screens/record_extras.h"

#include <string.h>

static const struct record_extra record_extras[] = {
	{.type = "request",
		.part = "request-line",
		.hidden = "total decides stands decision_note",
		.explain = request_explain,
		.sum = request_sum},
	{.type = "request-line", .explain = request_line_explain},
	{.type = "motion", .explain = motion_approved, .confirm = motion_confirm},
	{0},
};

const struct record_extra *record_extra_of(const struct record_type *type)
{
	for (const struct record_extra *extra = record_extras; extra->type != NULL; extra++) {
		if (strcmp(extra->type, type->name) == 0)
			return extra;
	}
	return NULL;
}
