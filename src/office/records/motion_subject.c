/*
 * motion_subject.c - what a motion is about: the one place where authority meets a record.
 * GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const types[] = {
	"request", "budget", "position", "policy", "meeting", "motion", NULL};
static const char *const subject_aliases[] = {"record", "subject key", NULL};

static const struct field motion_subject_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_COMPUTED,
		.help = "The row's number, given by the program: BD-2026-03/M1/1."},
	{.key = "motion",
		.label = "Motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 40,
		.flags = FIELD_PARENT | FIELD_REQUIRED,
		.help = "The motion."},
	{.key = "type",
		.label = "About a",
		.type = &choice_type,
		.choices = types,
		.width = 9,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "What it is about: a request, budget, position, policy, meeting (its minutes) or motion."},
	{.key = "subject",
		.label = "Record",
		.type = &text_type,
		.max = 40,
		.width = 18,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST,
		.aliases = subject_aliases,
		.help = "The record's number: PR-2026-0001, B-2026-0001, approval-limit."},
	{.key = "amount",
		.label = "Amount",
		.type = &money_type,
		.min = 0,
		.max = -1, /* none but the type's */
		.flags = FIELD_IN_LIST,
		.help = "For a request the most it may cost; for a policy its new value; for a budget, if the motion "
			"names it, what it spends in all."},
	{0},
};

const struct record_type motion_subject_record = {
	.name = "motion-subject",
	.table = "motion_subject",
	.source = "motion_subject",
	.label = "motion subject",
	.plural = "Subjects",
	.help = "A record that a motion is about, with the amount it allows.",
	.group = "Meetings",
	.order = 135,
	.key_rule = KEY_CHILD,
	.prefix = "",
	.summary = "t.type || ' ' || t.subject",
	.sort = "key",
	.fields = motion_subject_fields,
};
