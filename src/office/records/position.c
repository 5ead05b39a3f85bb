/*
 * position.c - positions and their job descriptions. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const statuses[] = {"draft", "approved", "closed", NULL};

static const struct field position_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The position's number, given by the program: J-0001."},
	{.key = "title", .label = "Title", .type = &text_type, .max = 120, .width = 34,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_IN_LIST,
		.help = "The position's title, as the Council and the Board approved it."},
	{.key = "status", .label = "Status", .type = &choice_type, .choices = statuses, .def = "draft",
		.width = 9, .flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Draft until Council and Board have approved the description; closed when no longer used."},
	{.key = "council_motion", .label = "Council motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_ACTION,
		.help = "The Council's motion that recommends this description."},
	{.key = "board_motion", .label = "Board motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "The Board's motion that approves this description."},
	{.key = "description", .label = "Description", .type = &note_type, .max = 20000,
		.help = "Duties, requirements, and to whom the position answers."},
	{0},
};

static const struct field motions_asked[] = {
	{.key = "council_motion", .label = "Council motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_REQUIRED,
		.help = "A carried and attested Council motion that has this position as a subject."},
	{.key = "board_motion", .label = "Board motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_REQUIRED,
		.help = "A carried and attested Board motion that has this position as a subject."},
	{0},
};

static const struct action position_actions[] = {
	{.name = "approve", .label = "Approved by both", .letter = "a", .states = "draft",
		.roles = "director", .asks = motions_asked, .decides = true,
		.help = "Records that Council and Board have approved the description, by their motions.",
		.set = "status = 'approved', council_motion = :council_motion, board_motion = :board_motion",
		.done = "{key} {title} is approved."},
	{.name = "revise", .label = "Revise", .letter = "r", .states = "approved closed", .roles = "director",
		.help = "Opens the description for a revision; it then needs both motions again.",
		.set = "status = 'draft', council_motion = NULL, board_motion = NULL",
		.done = "{key} {title} is a draft again."},
	{.name = "close", .label = "Close", .letter = "c", .states = "draft approved", .roles = "director",
		.help = "Closes a position that is no longer used.", .set = "status = 'closed'",
		.done = "{key} {title} is closed."},
	{0},
};

const struct record_type position_record = {
	.name = "position",
	.table = "position",
	.source = "position",
	.label = "position",
	.plural = "Positions",
	.help = "A position and its job description, approved through Council and Board.",
	.group = "Staff",
	.order = 40,
	.key_rule = KEY_NUMBER,
	.prefix = "J",
	.summary = "t.status",
	.sort = "title",
	.fields = position_fields,
	.actions = position_actions,
};
