/*
 * account.c - the chart of accounts. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const kinds[] = {"revenue", "expense", "capital", NULL};
static const char *const group_aliases[] = {"group", NULL};

static const struct field account_fields[] = {
	{.key = "code",
		.label = "Code",
		.type = &code_type,
		.max = 12,
		.width = 8,
		.flags = FIELD_KEY | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_FIXED,
		.help = "The account's number in the chart: 6120."},
	{.key = "name",
		.label = "Name",
		.type = &text_type,
		.max = 80,
		.width = 34,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_IN_LIST,
		.help = "What the account is called."},
	{.key = "kind",
		.label = "Kind",
		.type = &choice_type,
		.choices = kinds,
		.width = 8,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "Revenue comes in, expense goes out, capital buys what lasts."},
	{.key = "group_name",
		.label = "Group",
		.type = &text_type,
		.max = 40,
		.width = 20,
		.flags = FIELD_IN_LIST,
		.aliases = group_aliases,
		.help = "Accounts of one group stand together in the budget."},
	{.key = "private",
		.label = "Private",
		.type = &yes_no_type,
		.def = "no",
		.flags = FIELD_IN_LIST,
		.help = "Yes for payroll: only the director sees the account and its figures."},
	{.key = "active",
		.label = "Active",
		.type = &yes_no_type,
		.def = "yes",
		.flags = FIELD_IN_LIST,
		.help = "No when nothing is charged to it any more."},
	{0},
};

static const struct view account_views[] = {
	{"active", "Active accounts", "t.active = 1"},
	{"expense", "Expense and capital", "t.kind <> 'revenue'"},
	{"revenue", "Revenue", "t.kind = 'revenue'"},
	{"all", "All accounts", "1"},
	{0},
};

const struct record_type account_record = {
	.name = "account",
	.table = "account",
	.source = "account_seen",
	.label = "account",
	.plural = "Accounts",
	.help = "A line of the chart of accounts.",
	.instead = "Set Active to no instead: nothing new is planned on it, and what was stays.",
	.group = "Budget",
	.order = 100,
	.key_rule = KEY_NATURAL,
	.summary = "t.kind",
	.sort = "code",
	.fields = account_fields,
	.views = account_views,
};
