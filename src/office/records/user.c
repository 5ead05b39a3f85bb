/*
 * user.c - who may sign in, and as what. GPL-3.0-or-later.
 */
#include "office/people.h"
#include "office/record.h"

static const char *const roles[] = {"director", "staff", "chair", "viewer", NULL};

static const struct field user_fields[] = {
	{.key = "login",
		.label = "Login",
		.type = &login_type,
		.width = 16,
		.flags = FIELD_KEY | FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_FIXED,
		.help = "The person's login on this machine."},
	{.key = "role",
		.label = "Role",
		.type = &choice_type,
		.choices = roles,
		.width = 9,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "Director, staff, chair (chair or secretary of a body) or viewer."},
	{.key = "staff",
		.label = "Staff member",
		.type = &reference_type,
		.refers = "staff",
		.width = 26,
		.flags = FIELD_IN_LIST,
		.help = "The staff member this login belongs to."},
	{.key = "member",
		.label = "Body member",
		.type = &reference_type,
		.refers = "member",
		.width = 26,
		.flags = FIELD_IN_LIST,
		.help = "For a chair: the seat on a body that this login speaks for."},
	{.key = "active",
		.label = "Active",
		.type = &yes_no_type,
		.def = "yes",
		.flags = FIELD_IN_LIST,
		.help = "No when the person may not sign in any more."},
	{0},
};

static const struct view user_views[] = {
	{"active", "Who may sign in", "t.active = 1"},
	{"left", "Open logins of who left",
		"t.active = 1 AND t.staff IN (SELECT s.key FROM staff s WHERE s.status = 'left')"},
	{"all", "All logins", "1"},
	{0},
};

const struct record_type user_record = {
	.name = "user",
	.table = "user",
	.source = "user",
	.label = "user",
	.plural = "Users",
	.help = "A person who may sign in, by the login of the system.",
	.instead = "Close the account instead: set Active to no.",
	.group = "Office",
	.order = 210,
	.key_rule = KEY_NATURAL,
	.summary = "t.role",
	.sort = "login",
	.reads = person_short,
	.fields = user_fields,
	.views = user_views,
};
