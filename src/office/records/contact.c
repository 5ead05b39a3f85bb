/*
 * contact.c - people at the client practices. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const email_aliases[] = {"e-mail", "mail", NULL};
static const char *const primary_aliases[] = {"primary", NULL};

static const struct field contact_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The contact's number, given by the program: P-0001."},
	{.key = "client", .label = "Client", .type = &reference_type, .refers = "client", .width = 34,
		.flags = FIELD_REQUIRED | FIELD_TAB | FIELD_IN_LIST,
		.help = "The practice where the person works."},
	{.key = "name", .label = "Name", .type = &text_type, .max = 120, .width = 28,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_INDEXED,
		.help = "First and last name."},
	{.key = "credential", .label = "Credential", .type = &text_type, .max = 20, .width = 10,
		.help = "Letters after the name: MD, DO, RN, CPA."},
	{.key = "role", .label = "Role", .type = &text_type, .max = 60, .width = 22, .flags = FIELD_IN_LIST,
		.help = "What the person does there: owner, office manager, biller."},
	{.key = "phone", .label = "Phone", .type = &phone_type, .flags = FIELD_IN_LIST,
		.help = "The number the person answers."},
	{.key = "email", .label = "E-mail", .type = &email_type, .aliases = email_aliases,
		.help = "The person's e-mail address."},
	{.key = "is_primary", .label = "First to call", .type = &yes_no_type, .def = "no",
		.aliases = primary_aliases,
		.help = "Yes for the person to call first."},
	{0},
};

const struct record_type contact_record = {
	.name = "contact",
	.table = "contact",
	.source = "contact",
	.label = "contact",
	.plural = "People",
	.help = "A person at a client practice.",
	.group = "Clients",
	.order = 20,
	.key_rule = KEY_NUMBER,
	.prefix = "P",
	.summary = "t.role || ' at ' || (SELECT c.name FROM client c WHERE c.key = t.client)",
	.sort = "name",
	.fields = contact_fields,
};
