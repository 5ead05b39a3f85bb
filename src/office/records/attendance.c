/*
 * attendance.c - who was at a meeting. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const presences[] = {"present", "absent", "excused", NULL};

static const struct field attendance_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_COMPUTED,
		.help = "The row's number, given by the program: BD-2026-03/P1."},
	{.key = "meeting", .label = "Meeting", .type = &reference_type, .refers = "meeting", .width = 40,
		.flags = FIELD_PARENT | FIELD_REQUIRED, .help = "The meeting."},
	{.key = "member", .label = "Member", .type = &reference_type, .refers = "member",
		.among = "meeting.body", .width = 34,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST, .help = "The member of the body."},
	{.key = "person", .label = "Name", .type = &text_type, .width = 28,
		.flags = FIELD_TITLE | FIELD_COMPUTED, .sql = "(SELECT p.person FROM member p WHERE p.key = t.member)",
		.help = "The member's name."},
	{.key = "presence", .label = "Presence", .type = &choice_type, .choices = presences,
		.def = "present", .width = 8, .flags = FIELD_IN_LIST, .help = "Present, absent or excused."},
	{.key = "arrived_at", .label = "Arrived", .type = &time_type, .flags = FIELD_IN_LIST,
		.help = "Only when later than the start: 18:20."},
	{.key = "left_at", .label = "Left", .type = &time_type, .flags = FIELD_IN_LIST,
		.help = "Only when earlier than the end: 19:05."},
	{0},
};

const struct record_type attendance_record = {
	.name = "attendance",
	.table = "attendance",
	.source = "attendance",
	.label = "attendance row",
	.plural = "Attendance",
	.help = "Whether a member was at a meeting, and from when to when.",
	.group = "Meetings",
	.order = 125,
	.key_rule = KEY_CHILD,
	.prefix = "P",
	.summary = "t.presence",
	.sort = "key",
	.fields = attendance_fields,
};
