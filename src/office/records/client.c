/*
 * client.c - clients: the medical practices the office serves. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const kinds[] = {"PC", "PLLC", "solo", "group", "other", NULL};
static const char *const statuses[] = {"prospect", "active", "former", "declined", NULL};

static const char *const name_aliases[] = {"practice", "client", "client name", NULL};
static const char *const email_aliases[] = {"e-mail", "mail", NULL};
static const char *const web_aliases[] = {"website", "web site", "url", NULL};
static const char *const zip_aliases[] = {"zip code", "postal code", NULL};
static const char *const since_aliases[] = {"client since", NULL};
static const char *const manager_aliases[] = {"account manager", NULL};

static const struct field client_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The client's number, given by the program: C-0001."},
	{.key = "name", .label = "Name", .type = &text_type, .max = 120, .width = 40,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_INDEXED,
		.aliases = name_aliases,
		.help = "The practice's legal or usual name, as it signs."},
	{.key = "kind", .label = "Kind", .type = &choice_type, .choices = kinds, .def = "PC", .width = 8,
		.help = "How the practice is organized: PC, PLLC, solo, group or other."},
	{.key = "specialty", .label = "Specialty", .type = &text_type, .max = 60, .width = 22,
		.flags = FIELD_IN_LIST,
		.help = "What the practice mainly does, as it wants to be listed."},
	{.key = "status", .label = "Status", .type = &choice_type, .choices = statuses, .width = 9,
		.def = "prospect", .flags = FIELD_ACTION | FIELD_AT_FIRST | FIELD_IN_LIST,
		.help = "Prospect until it signs, active while served, former after it left; declined if it "
			"never signed."},
	{.key = "physicians", .label = "Physicians", .type = &integer_type, .max = 9999, .width = 5,
		.help = "How many physicians practise there."},
	{.key = "npi", .label = "NPI", .type = &npi_type,
		.help = "The practice's National Provider Identifier: ten digits with a check digit."},
	{.key = "ein", .label = "EIN", .type = &ein_type,
		.help = "The practice's federal employer number: 12-3456789."},
	{.key = "address", .label = "Address", .type = &text_type, .max = 120, .width = 40,
		.help = "Street and number, or the post office box."},
	{.key = "city", .label = "City", .type = &text_type, .max = 60, .width = 20, .flags = FIELD_IN_LIST,
		.help = "Town or city."},
	{.key = "state", .label = "State", .type = &state_type, .help = "Two letters: CA."},
	{.key = "zip", .label = "ZIP", .type = &zip_type, .aliases = zip_aliases,
		.help = "Five digits, or nine: 90210 or 90210-1234."},
	{.key = "phone", .label = "Phone", .type = &phone_type, .flags = FIELD_IN_LIST,
		.help = "The practice's main number: (555) 010-2233."},
	{.key = "fax", .label = "Fax", .type = &phone_type, .help = "The practice's fax number."},
	{.key = "email", .label = "E-mail", .type = &email_type, .aliases = email_aliases,
		.help = "The practice's general e-mail address."},
	{.key = "web", .label = "Web", .type = &text_type, .max = 120, .width = 30,
		.aliases = web_aliases, .help = "The practice's web site."},
	{.key = "since", .label = "Client since", .type = &date_type, .aliases = since_aliases,
		.help = "The day the services began."},
	{.key = "left_on", .label = "Left on", .type = &date_type,
		.help = "The day the services ended."},
	{.key = "manager", .label = "Manager", .type = &reference_type, .refers = "staff", .width = 24,
		.flags = FIELD_TAB, .aliases = manager_aliases,
		.help = "The staff member who looks after this client."},
	{.key = "notes", .label = "Notes", .type = &note_type, .max = 4000,
		.help = "Whatever helps to serve the practice. No patient data here."},
	{0},
};

static const struct view client_views[] = {
	{"current", "Active and prospects", "t.status IN ('active', 'prospect')"},
	{"active", "Active clients", "t.status = 'active'"},
	{"prospects", "Prospects", "t.status = 'prospect'"},
	{"former", "Former clients", "t.status = 'former'"},
	{"mine", "Looked after by me", "t.manager = (SELECT staff FROM me)"},
	{"all", "All clients", "1"},
	{0},
};

static const struct field since_asked[] = {
	{.key = "since", .label = "Client since", .type = &date_type, .flags = FIELD_REQUIRED, .def = "t",
		.help = "The day the services begin."},
	{0},
};
static const struct field left_asked[] = {
	{.key = "left_on", .label = "Left on", .type = &date_type, .flags = FIELD_REQUIRED, .def = "t",
		.help = "The last day of the services."},
	{0},
};

static const struct action client_actions[] = {
	{.name = "activate", .label = "Sign up", .letter = "a", .states = "prospect declined former",
		.roles = "director staff", .asks = since_asked,
		.help = "Makes the practice an active client from a date on.",
		.set = "status = 'active', since = :since, left_on = NULL",
		.done = "{key} {title} is an active client."},
	{.name = "leave", .label = "Left us", .letter = "l", .states = "active",
		.roles = "director staff", .asks = left_asked,
		.help = "Records that the practice is no longer served, from a date on.",
		.set = "status = 'former', left_on = :left_on",
		.done = "{key} {title} is a former client."},
	{.name = "decline", .label = "Declined", .letter = "d", .states = "prospect",
		.roles = "director staff", .help = "Records that the prospect will not sign.",
		.set = "status = 'declined'", .done = "{key} {title} has declined."},
	{.name = "reopen", .label = "Prospect again", .letter = "o", .states = "declined former",
		.roles = "director staff", .help = "Makes the practice a prospect again.",
		.set = "status = 'prospect'", .done = "{key} {title} is a prospect again."},
	{0},
};

const struct record_type client_record = {
	.name = "client",
	.table = "client",
	.source = "client",
	.label = "client",
	.plural = "Clients",
	.help = "A medical practice that the organization serves, or hopes to serve.",
	.group = "Clients",
	.order = 10,
	.key_rule = KEY_NUMBER,
	.prefix = "C",
	.summary = "t.specialty || CASE WHEN t.city <> '' THEN ', ' || t.city ELSE '' END",
	.sort = "name",
	.fields = client_fields,
	.views = client_views,
	.actions = client_actions,
};
