/*
 * action_item.c - follow-ups with an owner and a due date. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const statuses[] = {"open", "done", NULL};

static const struct field action_item_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The item's number, given by the program: AI-0001."},
	{.key = "what", .label = "What", .type = &text_type, .max = 400, .width = 60,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST, .help = "What is to be done."},
	{.key = "owner", .label = "Owner", .type = &reference_type, .refers = "staff", .width = 26,
		.flags = FIELD_TAB | FIELD_IN_LIST, .help = "The staff member who sees to it."},
	{.key = "due_on", .label = "Due on", .type = &date_type, .flags = FIELD_IN_LIST,
		.help = "When it is to be done."},
	{.key = "meeting", .label = "Meeting", .type = &reference_type, .refers = "meeting", .width = 40,
		.flags = FIELD_TAB, .help = "The meeting it was born in."},
	{.key = "motion", .label = "Motion", .type = &reference_type, .refers = "motion", .width = 40,
		.help = "The motion that asks for it."},
	{.key = "status", .label = "Status", .type = &choice_type, .choices = statuses, .def = "open",
		.width = 6, .flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Open until closed with a note; it rides on every agenda until then."},
	{.key = "done_on", .label = "Done on", .type = &date_type, .flags = FIELD_ACTION,
		.help = "When it was done."},
	{.key = "done_note", .label = "How", .type = &text_type, .max = 400, .width = 60,
		.flags = FIELD_ACTION, .help = "What came of it."},
	{0},
};

static const struct view action_item_views[] = {
	{"open", "Open action items", "t.status = 'open'"},
	{"overdue", "Overdue", "t.status = 'open' AND t.due_on < today()"},
	{"mine", "My action items", "t.status = 'open' AND t.owner = (SELECT staff FROM me)"},
	{"soon", "Mine, due by next week",
		"t.status = 'open' AND t.owner = (SELECT staff FROM me) AND t.due_on <= date(today(), '+7 days')"},
	{"all", "All action items", "1"},
	{0},
};

static const struct field note_asked[] = {
	{.key = "done_note", .label = "How", .type = &text_type, .max = 400, .width = 60,
		.flags = FIELD_REQUIRED, .help = "What came of it, in a sentence."},
	{0},
};

static const struct action action_item_actions[] = {
	{.name = "close", .label = "Done", .letter = "d", .states = "open", .roles = "director staff",
		.asks = note_asked, .help = "Closes the item with a note of what came of it.",
		.set = "status = 'done', done_on = today(), done_note = :done_note", .done = "{key} is done."},
	{.name = "reopen", .label = "Reopen", .letter = "o", .states = "done", .roles = "director staff",
		.help = "Opens the item again.", .set = "status = 'open', done_on = NULL, done_note = ''",
		.done = "{key} is open again."},
	{0},
};

const struct record_type action_item_record = {
	.name = "action-item",
	.table = "action_item",
	.source = "action_item",
	.label = "action item",
	.plural = "Action items",
	.help = "A follow-up with an owner and a due date, born in a meeting.",
	.group = "Meetings",
	.order = 140,
	.key_rule = KEY_NUMBER,
	.prefix = "AI",
	.summary = "t.status",
	.sort = "due_on",
	.fields = action_item_fields,
	.views = action_item_views,
	.actions = action_item_actions,
};
