/*
 * mileage.c - a record type that the program does not have: one file and one migration are
 * enough. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const statuses[] = {"open", "paid", NULL};

static const struct field mileage_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The drive's number, given by the program: MI-0001."},
	{.key = "driven_on",
		.label = "Driven on",
		.type = &date_type,
		.def = "t",
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "The day of the drive."},
	{.key = "place",
		.label = "Where to",
		.type = &text_type,
		.max = 80,
		.width = 40,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "Where the drive went."},
	{.key = "miles",
		.label = "Miles",
		.type = &quantity_type,
		.min = 1,
		.max = 10000000,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "Miles there and back."},
	{.key = "client",
		.label = "Client",
		.type = &reference_type,
		.refers = "client",
		.width = 30,
		.flags = FIELD_TAB | FIELD_IN_LIST,
		.help = "The client that was visited."},
	{.key = "status",
		.label = "Status",
		.type = &choice_type,
		.choices = statuses,
		.def = "open",
		.width = 6,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Open until paid."},
	{0},
};

static const struct view mileage_views[] = {
	{"open", "Drives to pay", "t.status = 'open'"},
	{"all", "All drives", "1"},
	{0},
};

static const struct action mileage_actions[] = {
	{.name = "pay",
		.label = "Paid",
		.letter = "p",
		.states = "open",
		.roles = "director",
		.help = "Records that the miles were paid.",
		.set = "status = 'paid'",
		.done = "{key} is paid."},
	{0},
};

const struct record_type mileage_record = {
	.name = "mileage",
	.table = "mileage",
	.source = "mileage",
	.label = "drive",
	.plural = "Drives",
	.help = "A drive that somebody wants to be paid for.",
	.group = "Staff",
	.order = 45,
	.key_rule = KEY_NUMBER,
	.prefix = "MI",
	.summary = "t.status",
	.sort = "-driven_on",
	.fields = mileage_fields,
	.views = mileage_views,
	.actions = mileage_actions,
};
