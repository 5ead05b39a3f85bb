/*
 * body.c - the Council, the Board and committees, with the settings of their votes.
 * GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const kinds[] = {"council", "board", "committee", NULL};
static const char *const bases[] = {"cast", "present", "all seats", NULL};
static const char *const majorities[] = {"simple", "two thirds", "unanimous", NULL};

static const struct field body_fields[] = {
	{.key = "code", .label = "Code", .type = &code_type, .max = 8, .width = 8,
		.flags = FIELD_KEY | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_FIXED,
		.help = "Short letters that begin the keys of its meetings: BD, CC."},
	{.key = "name", .label = "Name", .type = &text_type, .max = 80, .width = 30,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_IN_LIST,
		.help = "What the body is called: Board, Coordinating Council."},
	{.key = "kind", .label = "Kind", .type = &choice_type, .choices = kinds, .width = 10,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "Council recommends, board decides, committee prepares."},
	{.key = "quorum", .label = "Quorum", .type = &integer_type, .min = 1, .max = 999, .width = 5,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "How many voting members must be present, those recused not counted."},
	{.key = "vote_basis", .label = "Counted on", .type = &choice_type, .choices = bases, .def = "cast",
		.width = 10, .flags = FIELD_IN_LIST,
		.help = "What a majority is counted on: votes cast, members present, or all seats."},
	{.key = "majority", .label = "Majority", .type = &choice_type, .choices = majorities,
		.def = "simple", .width = 11, .flags = FIELD_IN_LIST,
		.help = "Simple (more than half), two thirds, or unanimous."},
	{.key = "seconds", .label = "Needs seconds", .type = &yes_no_type, .def = "yes",
		.help = "Yes when a motion needs a seconder."},
	{.key = "draft_days", .label = "Draft in days", .type = &integer_type, .min = 1, .max = 365,
		.def = "7", .width = 4, .help = "Within how many days the draft minutes are due."},
	{0},
};

const struct record_type body_record = {
	.name = "body",
	.table = "body",
	.source = "body",
	.label = "body",
	.plural = "Bodies",
	.help = "The Council, the Board or a committee, and how it votes.",
	.group = "Meetings",
	.order = 150,
	.key_rule = KEY_NATURAL,
	.summary = "t.kind",
	.sort = "code",
	.fields = body_fields,
};
