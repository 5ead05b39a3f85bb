/*
 * vendor.c - companies and people that the office buys from. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const statuses[] = {"active", "closed", NULL};
static const char *const terms[] = {"on receipt", "net 10", "net 30", "net 60", "prepaid", NULL};
static const char *const name_aliases[] = {"vendor", "supplier", NULL};
static const char *const email_aliases[] = {"e-mail", "mail", NULL};

static const struct field vendor_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The vendor's number, given by the program: V-0001."},
	{.key = "name", .label = "Vendor", .type = &text_type, .max = 120, .width = 34,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST | FIELD_UNIQUE | FIELD_INDEXED,
		.aliases = name_aliases,
		.help = "The name on the vendor's invoices."},
	{.key = "status", .label = "Status", .type = &choice_type, .choices = statuses, .def = "active",
		.width = 8, .flags = FIELD_ACTION | FIELD_AT_FIRST | FIELD_IN_LIST,
		.help = "Closed when nothing is bought there any more."},
	{.key = "terms", .label = "Terms", .type = &choice_type, .choices = terms, .def = "net 30",
		.width = 10, .flags = FIELD_IN_LIST,
		.help = "When the vendor expects payment, counted from the invoice date."},
	{.key = "account_no", .label = "Account no.", .type = &text_type, .max = 40, .width = 18,
		.help = "Our customer number with the vendor."},
	{.key = "phone", .label = "Phone", .type = &phone_type, .flags = FIELD_IN_LIST,
		.help = "The vendor's order line."},
	{.key = "email", .label = "E-mail", .type = &email_type, .aliases = email_aliases,
		.help = "Where orders go."},
	{.key = "web", .label = "Web", .type = &text_type, .max = 120, .width = 30,
		.help = "The vendor's web site."},
	{.key = "address", .label = "Address", .type = &text_type, .max = 120, .width = 40,
		.help = "Street and number, or the post office box."},
	{.key = "city", .label = "City", .type = &text_type, .max = 60, .width = 20, .help = "Town or city."},
	{.key = "state", .label = "State", .type = &state_type, .help = "Two letters: CA."},
	{.key = "zip", .label = "ZIP", .type = &zip_type, .help = "Five digits, or nine."},
	{.key = "ein", .label = "EIN", .type = &ein_type,
		.help = "The vendor's federal tax number, for the yearly 1099: 12-3456789."},
	{.key = "notes", .label = "Notes", .type = &note_type, .max = 4000,
		.help = "Discounts agreed, delivery days, whom to ask. No patient data here."},
	{0},
};

static const struct view vendor_views[] = {
	{"active", "Active vendors", "t.status = 'active'"},
	{"closed", "Closed vendors", "t.status = 'closed'"},
	{"all", "All vendors", "1"},
	{0},
};

static const struct action vendor_actions[] = {
	{.name = "close", .label = "Close", .letter = "c", .states = "active", .roles = "director staff",
		.help = "Closes the vendor: nothing is bought there any more; its record stays.",
		.set = "status = 'closed'", .done = "{key} {title} is closed."},
	{.name = "reopen", .label = "Reopen", .letter = "o", .states = "closed", .roles = "director staff",
		.help = "Opens the vendor again.", .set = "status = 'active'",
		.done = "{key} {title} is open again."},
	{0},
};

const struct record_type vendor_record = {
	.name = "vendor",
	.table = "vendor",
	.source = "vendor",
	.label = "vendor",
	.plural = "Vendors",
	.help = "A company or person that the office buys from.",
	.group = "Purchasing",
	.order = 60,
	.key_rule = KEY_NUMBER,
	.prefix = "V",
	.summary = "t.city",
	.sort = "name",
	.fields = vendor_fields,
	.views = vendor_views,
	.actions = vendor_actions,
};
