/*
 * agenda_item.c - the items of an agenda, with advice and minutes. GPL-3.0-or-later.
 */
#include "office/record.h"

static const struct field agenda_item_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The item's number, given by the program: BD-2026-03/1."},
	{.key = "meeting", .label = "Meeting", .type = &reference_type, .refers = "meeting", .width = 40,
		.flags = FIELD_PARENT | FIELD_REQUIRED, .help = "The meeting whose agenda this is on."},
	{.key = "place", .label = "Place", .type = &integer_type, .min = 1, .max = 999, .def = "1",
		.width = 4, .flags = FIELD_IN_LIST, .help = "Where it stands on the agenda: 1 comes first."},
	{.key = "title", .label = "Item", .type = &text_type, .max = 160, .width = 50,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST, .help = "What is to be dealt with."},
	{.key = "advice", .label = "Advice", .type = &note_type, .max = 8000,
		.help = "The director's advice to the body on this item. No patient data here."},
	{.key = "minutes", .label = "Minutes", .type = &note_type, .max = 8000,
		.help = "What was done, not what was said. No patient data here."},
	{0},
};

const struct record_type agenda_item_record = {
	.name = "agenda-item",
	.table = "agenda_item",
	.source = "agenda_item",
	.label = "agenda item",
	.plural = "Agenda",
	.help = "One item of a meeting's agenda, with the director's advice and the minutes of it.",
	.group = "Meetings",
	.order = 120,
	.key_rule = KEY_CHILD,
	.prefix = "",
	.summary = "t.meeting",
	.sort = "place",
	.fields = agenda_item_fields,
};
