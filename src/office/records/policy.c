/*
 * policy.c - values that the Board sets. GPL-3.0-or-later.
 */
#include "office/record.h"
#include "office/records/binding.h"

static const struct field policy_fields[] = {
	{.key = "name",
		.label = "Name",
		.type = &code_type,
		.max = 40,
		.width = 20,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_FIXED,
		.help = "The policy's name in the program: approval-limit."},
	{.key = "title",
		.label = "Policy",
		.type = &text_type,
		.max = 80,
		.width = 36,
		.flags = FIELD_TITLE | FIELD_IN_LIST | FIELD_FIXED,
		.help = "What the value is."},
	{.key = "amount",
		.label = "Value",
		.type = &money_type,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "The value in force."},
	{.key = "motion",
		.label = "By motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "The Board's motion that set it."},
	{.key = "changed_on",
		.label = "Since",
		.type = &date_type,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "When it was set."},
	{.key = "text",
		.label = "Meaning",
		.type = &note_type,
		.max = 4000,
		.flags = FIELD_FIXED,
		.help = "What the value governs."},
	{0},
};

static const struct field motion_asked[] = {
	{.key = "motion",
		.label = "By motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_REQUIRED,
		.help = "A carried and attested Board motion with this policy as its subject; its amount is the "
			"new value."},
	{0},
};

static const struct action policy_actions[] = {
	{.name = "change",
		.label = "Change by motion",
		.letter = "c",
		.roles = "director",
		.asks = motion_asked,
		.prefill = BINDING_MOTION(
			OF_BOARD " AND b.motion IS NOT t.motion", "policy", "t.name"),
		.decides = true,
		.help = "Puts the value of a binding Board motion into force.",
		.set = "amount = coalesce((SELECT s.amount FROM motion_subject s WHERE s.motion = :motion "
		       "AND s.type = 'policy' AND s.subject = policy.name), amount), "
		       "motion = :motion, changed_on = today()",
		.done = "{title} is now {amount}.",
		.told = "changed {} by motion"},
	{0},
};

const struct record_type policy_record = {
	.name = "policy",
	.table = "policy",
	.source = "policy",
	.label = "policy",
	.plural = "Policies",
	.help = "A value that the Board sets; only a binding Board motion changes it.",
	.given =
		"The list of policies comes with the program; only a binding Board motion changes a "
		"value (c).",
	.group = "Office",
	.order = 220,
	.key_rule = KEY_NATURAL,
	.summary = "money(t.amount)",
	.sort = "name",
	.fields = policy_fields,
	.actions = policy_actions,
};
