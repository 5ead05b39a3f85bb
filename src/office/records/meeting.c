/*
 * meeting.c - meetings and the state of their minutes. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const kinds[] = {"regular", "special", "annual", "written consent", NULL};
static const char *const statuses[] = {"planned", "draft", "circulated", "approved", "cancelled", NULL};

static const struct field meeting_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The meeting's number, given by the program: body, year, number: BD-2026-03."},
	{.key = "title", .label = "Meeting", .type = &text_type, .width = 32,
		.flags = FIELD_TITLE | FIELD_COMPUTED, .help = "Kind and date together."},
	{.key = "body", .label = "Body", .type = &reference_type, .refers = "body", .width = 24,
		.flags = FIELD_PARENT | FIELD_REQUIRED | FIELD_IN_LIST, .help = "The body that meets."},
	{.key = "kind", .label = "Kind", .type = &choice_type, .choices = kinds, .def = "regular",
		.width = 15, .flags = FIELD_IN_LIST,
		.help = "Regular, special, annual, or written consent between meetings."},
	{.key = "held_on", .label = "Date", .type = &date_type,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST | FIELD_INDEXED,
		.help = "The day of the meeting; for a written consent the day of the last signature."},
	{.key = "starts_at", .label = "Time", .type = &time_type, .help = "When it is called for: 18:00."},
	{.key = "place", .label = "Place", .type = &text_type, .max = 80, .width = 30,
		.help = "Room, or how to join."},
	{.key = "notice_on", .label = "Notice given", .type = &date_type,
		.help = "The day the notice went out."},
	{.key = "status", .label = "Minutes", .type = &choice_type, .choices = statuses, .def = "planned",
		.width = 10, .flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Planned, then minutes in draft, circulated, approved; or cancelled."},
	{.key = "called_at", .label = "Called at", .type = &time_type,
		.help = "When the chair called the meeting to order."},
	{.key = "adjourned_at", .label = "Adjourned", .type = &time_type, .help = "When it ended."},
	{.key = "secretary", .label = "Minutes by", .type = &text_type, .max = 80, .width = 24,
		.help = "Who writes the minutes."},
	{.key = "guests", .label = "Guests", .type = &text_type, .max = 400, .width = 50,
		.help = "Who else was there, separated by commas."},
	{.key = "circulated_on", .label = "Circulated", .type = &date_type, .flags = FIELD_ACTION,
		.help = "The day the draft minutes went to the members."},
	{.key = "approved_by", .label = "Approved by", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_ACTION,
		.help = "The motion of a later meeting that approved these minutes."},
	{.key = "corrected", .label = "As corrected", .type = &yes_no_type, .def = "no",
		.flags = FIELD_ACTION, .help = "Yes when the minutes were approved as corrected."},
	{0},
};

static const struct view meeting_views[] = {
	{"open", "Meetings with work to do", "t.status NOT IN ('approved', 'cancelled')"},
	{"coming", "Coming meetings", "t.status = 'planned' AND t.held_on >= today()"},
	{"minutes", "Minutes to write", "t.status IN ('planned', 'draft') AND t.held_on <= today()"},
	{"board", "Board", "t.body IN (SELECT b.code FROM body b WHERE b.kind = 'board')"},
	{"council", "Council", "t.body IN (SELECT b.code FROM body b WHERE b.kind = 'council')"},
	{"all", "All meetings", "1"},
	{0},
};

static const struct field approval_asked[] = {
	{.key = "approved_by", .label = "By motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_REQUIRED,
		.help = "A carried and attested motion of a later meeting of this body, with this meeting as "
			"its subject."},
	{.key = "corrected", .label = "As corrected", .type = &yes_no_type, .def = "no",
		.help = "Yes when the motion says \"as corrected\"."},
	{0},
};

static const struct action meeting_actions[] = {
	{.name = "open", .label = "Write minutes", .letter = "w", .states = "planned",
		.roles = "director staff", .help = "Opens the minutes of a meeting that is taking place or has.",
		.set = "status = 'draft'", .done = "The minutes of {key} are open."},
	{.name = "circulate", .label = "Circulate", .letter = "c", .states = "draft",
		.roles = "director staff", .help = "Records that the draft minutes went to the members today.",
		.set = "status = 'circulated', circulated_on = today()",
		.done = "The minutes of {key} are circulated."},
	{.name = "correct", .label = "Back to draft", .letter = "b", .states = "circulated",
		.roles = "director staff", .help = "Takes circulated minutes back into draft for corrections.",
		.set = "status = 'draft', circulated_on = NULL",
		.done = "The minutes of {key} are a draft again."},
	{.name = "approve", .label = "Approve minutes", .letter = "a", .states = "circulated",
		.roles = "director staff", .asks = approval_asked, .decides = true,
		.help = "Records that a later meeting approved the minutes; they are locked from then on.",
		.set = "status = 'approved', approved_by = :approved_by, corrected = :corrected",
		.done = "The minutes of {key} are approved and locked."},
	{.name = "cancel", .label = "Cancel meeting", .letter = "x", .states = "planned",
		.roles = "director staff", .help = "Records that the meeting does not take place.",
		.set = "status = 'cancelled'", .done = "{key} is cancelled."},
	{0},
};

const struct record_type meeting_record = {
	.name = "meeting",
	.table = "meeting",
	.source = "meeting",
	.label = "meeting",
	.plural = "Meetings",
	.help = "A meeting of a body, with its agenda, attendance, motions and minutes.",
	.group = "Meetings",
	.order = 110,
	.key_rule = KEY_MEETING,
	.key_year = "held_on",
	.summary = "t.title",
	.sort = "-held_on",
	.fields = meeting_fields,
	.views = meeting_views,
	.actions = meeting_actions,
};
