/*
 * staff.c - the people who work for the organization; their pay is the director's alone.
 * GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const statuses[] = {"active", "away", "left", NULL};
static const char *const bases[] = {"hour", "month", "year", NULL};
static const char *const email_aliases[] = {"e-mail", "mail", NULL};

static const struct field staff_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The staff member's number, given by the program: S-0001."},
	{.key = "name",
		.label = "Name",
		.type = &text_type,
		.width = 26,
		.flags = FIELD_TITLE | FIELD_COMPUTED | FIELD_IN_LIST | FIELD_UNIQUE,
		.help = "First and last name together."},
	{.key = "first_name",
		.label = "First name",
		.type = &text_type,
		.max = 60,
		.width = 20,
		.flags = FIELD_REQUIRED,
		.help = "Given name, as the person uses it."},
	{.key = "last_name",
		.label = "Last name",
		.type = &text_type,
		.max = 60,
		.width = 24,
		.flags = FIELD_REQUIRED | FIELD_INDEXED,
		.help = "Family name."},
	{.key = "position",
		.label = "Position",
		.type = &reference_type,
		.refers = "position",
		.width = 28,
		.flags = FIELD_IN_LIST | FIELD_TAB,
		.help = "The position the person holds."},
	{.key = "status",
		.label = "Status",
		.type = &choice_type,
		.choices = statuses,
		.def = "active",
		.width = 9,
		.flags = FIELD_ACTION | FIELD_AT_FIRST | FIELD_IN_LIST,
		.help = "Active, away (on leave), or left."},
	{.key = "hired_on",
		.label = "Hired on",
		.type = &date_type,
		.flags = FIELD_IN_LIST,
		.help = "The first working day."},
	{.key = "left_on", .label = "Left on", .type = &date_type, .help = "The last working day."},
	{.key = "reports_to",
		.label = "Reports to",
		.type = &reference_type,
		.refers = "staff",
		.width = 24,
		.help = "The staff member who supervises this one."},
	{.key = "phone",
		.label = "Phone",
		.type = &phone_type,
		.flags = FIELD_IN_LIST,
		.help = "The person's number at work."},
	{.key = "email",
		.label = "E-mail",
		.type = &email_type,
		.aliases = email_aliases,
		.help = "The person's e-mail address at work."},
	{.key = "emergency_name",
		.label = "In emergency",
		.type = &text_type,
		.max = 80,
		.width = 24,
		.help = "Whom to call in an emergency: name and relation."},
	{.key = "emergency_phone",
		.label = "Their phone",
		.type = &phone_type,
		.help = "The emergency contact's number."},
	{.key = "pay_basis",
		.label = "Paid by the",
		.type = &choice_type,
		.choices = bases,
		.width = 6,
		.flags = FIELD_PRIVATE,
		.help = "Hour, month or year. Only the director sees pay."},
	{.key = "pay_rate",
		.label = "Pay",
		.type = &money_type,
		.min = 0,
		.max = -1, /* none but the type's */
		.flags = FIELD_PRIVATE,
		.help = "The amount per hour, month or year. Only the director sees pay."},
	{0},
};

static const struct view staff_views[] = {
	{"current", "Current staff", "t.status <> 'left'"},
	{"left", "Former staff", "t.status = 'left'"},
	{"all", "All staff", "1"},
	{0},
};

static const struct field left_asked[] = {
	{.key = "left_on",
		.label = "Left on",
		.type = &date_type,
		.flags = FIELD_REQUIRED,
		.def = "t",
		.help = "The last working day."},
	{0},
};

/* Who left may still sign in, until somebody closes the account. */
static bool staff_left(struct action_call *call, struct error *err)
{
	struct statement *row = store_prepare(call->store,
		"SELECT group_concat(login, ', ') FROM user WHERE staff = :key AND active = 1",
		err);

	if (row == NULL)
		return false;
	statement_bind_text(row, ":key", record_key(call->record));
	buffer_format(call->said, "%s has left.", record_text(call->record, "name"));
	if (statement_step(row) && statement_text(row, 0)[0] != '\0')
		buffer_format(call->said, " Still open: login %s. Set its Active to no (Users).",
			statement_text(row, 0));
	statement_end(row);
	return true;
}

static const struct action staff_actions[] = {
	{.name = "leave",
		.label = "On leave",
		.letter = "l",
		.states = "active",
		.roles = "director",
		.help = "Marks the person as on leave.",
		.set = "status = 'away'",
		.done = "{title} is on leave.",
		.told = "noted {} on leave"},
	{.name = "return",
		.label = "Back",
		.letter = "b",
		.states = "away",
		.roles = "director",
		.help = "Marks the person as back from leave.",
		.set = "status = 'active'",
		.done = "{title} is back.",
		.told = "noted {} back"},
	{.name = "part",
		.label = "Left us",
		.letter = "x",
		.states = "active away",
		.roles = "director",
		.asks = left_asked,
		.help = "Records that the person has left; the record stays.",
		.set = "status = 'left', left_on = :left_on",
		.run = staff_left,
		.done = "",
		.told = "noted {} left"},
	{.name = "rehire",
		.label = "Hired again",
		.letter = "a",
		.states = "left",
		.roles = "director",
		.help = "Records that the person works here again.",
		.set = "status = 'active', left_on = NULL",
		.done = "{title} is on the staff again.",
		.told = "noted {} hired again"},
	{0},
};

const struct record_type staff_record = {
	.name = "staff",
	.table = "staff",
	.source = "staff",
	.label = "staff member",
	.plural = "Staff",
	.help = "Somebody who works or worked for the organization.",
	.instead = "Use the action Left us instead; what the person did stays in the record.",
	.group = "Staff",
	.order = 30,
	.key_rule = KEY_NUMBER,
	.prefix = "S",
	.private_table = "staff_pay",
	.summary = "(SELECT p.title FROM position p WHERE p.key = t.position)",
	.sort = "last_name",
	.fields = staff_fields,
	.views = staff_views,
	.actions = staff_actions,
};
