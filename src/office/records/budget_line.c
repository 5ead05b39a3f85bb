/*
 * budget_line.c - what a budget plans for one account, month by month. GPL-3.0-or-later.
 */
#include "office/record.h"

#define MONTH(column, name)                                                                    \
	{                                                                                      \
		.key = column, .label = name, .type = &money_type, .def = "0", .width = 12,    \
		.flags = FIELD_REQUIRED, .help = "Planned for " name ", in dollars and cents." \
	}

static const char *const annual_aliases[] = {"year", "total", NULL};

static const struct field budget_line_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The line's number, given by the program: B-2026-0001/1."},
	{.key = "budget",
		.label = "Budget",
		.type = &reference_type,
		.refers = "budget",
		.width = 30,
		.flags = FIELD_PARENT | FIELD_REQUIRED,
		.help = "The budget."},
	{.key = "account",
		.label = "Account",
		.type = &reference_type,
		.refers = "account",
		.width = 30,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST | FIELD_TAB,
		.help = "The account planned for."},
	MONTH("jan", "Jan"),
	MONTH("feb", "Feb"),
	MONTH("mar", "Mar"),
	MONTH("apr", "Apr"),
	MONTH("may", "May"),
	MONTH("jun", "Jun"),
	MONTH("jul", "Jul"),
	MONTH("aug", "Aug"),
	MONTH("sep", "Sep"),
	MONTH("oct", "Oct"),
	MONTH("nov", "Nov"),
	MONTH("dec", "Dec"),
	{.key = "annual",
		.label = "Year",
		.type = &money_type,
		.flags = FIELD_COMPUTED | FIELD_IN_LIST,
		.aliases = annual_aliases,
		.help = "The twelve months together."},
	{0},
};

const struct record_type budget_line_record = {
	.name = "budget-line",
	.table = "budget_line",
	.source = "budget_line_seen",
	.label = "budget line",
	.plural = "Lines",
	.help = "What a budget plans for one account, month by month.",
	.group = "Budget",
	.order = 85,
	.key_rule = KEY_CHILD,
	.prefix = "",
	.summary = "money(t.annual)",
	.sort = "account",
	.fields = budget_line_fields,
};
