/*
 * member.c - seats on the bodies. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const roles[] = {
	"member", "chair", "vice chair", "secretary", "treasurer", NULL};
static const char *const email_aliases[] = {"e-mail", "mail", NULL};

static const struct field member_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The seat's number, given by the program: BD/1."},
	{.key = "body",
		.label = "Body",
		.type = &reference_type,
		.refers = "body",
		.width = 20,
		.flags = FIELD_PARENT | FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "The body the person sits on."},
	{.key = "person",
		.label = "Person",
		.type = &text_type,
		.max = 120,
		.width = 28,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "First and last name, with the title used in minutes: Dr. Ada Osei."},
	{.key = "role",
		.label = "Role",
		.type = &choice_type,
		.choices = roles,
		.def = "member",
		.width = 10,
		.flags = FIELD_IN_LIST,
		.help = "Chair, vice chair, secretary, treasurer or member; chair and secretary attest motions."},
	{.key = "voting",
		.label = "Votes",
		.type = &yes_no_type,
		.def = "yes",
		.flags = FIELD_IN_LIST,
		.help = "No for a seat without a vote."},
	{.key = "term_from",
		.label = "Term from",
		.type = &date_type,
		.flags = FIELD_IN_LIST,
		.help = "First day of the term; empty when it has always been so."},
	{.key = "term_until",
		.label = "Term until",
		.type = &date_type,
		.flags = FIELD_IN_LIST,
		.help = "Last day of the term; empty while open."},
	{.key = "phone",
		.label = "Phone",
		.type = &phone_type,
		.help = "Where the person can be reached."},
	{.key = "email",
		.label = "E-mail",
		.type = &email_type,
		.aliases = email_aliases,
		.help = "Where notices and packets go."},
	{0},
};

static const struct view member_views[] = {
	{"current", "Members now",
		"(t.term_from IS NULL OR t.term_from <= today()) AND (t.term_until IS NULL OR t.term_until >= today())"},
	{"all", "All members", "1"},
	{0},
};

const struct record_type member_record = {
	.name = "member",
	.table = "member",
	.source = "member",
	.label = "member",
	.plural = "Members",
	.help = "A seat on a body: who holds it, in what role, for which term.",
	.instead = "Enter the last day of the term instead; the seat stays in the record.",
	.group = "Meetings",
	.order = 160,
	.key_rule = KEY_CHILD,
	.prefix = "",
	.summary = "t.role || ', ' || t.body",
	.sort = "key",
	.fields = member_fields,
	.views = member_views,
};
