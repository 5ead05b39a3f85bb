/*
 * request_line.c - the lines of a purchase request. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const kinds[] = {"item", "discount", "credit", NULL};
static const char *const price_aliases[] = {"price", NULL};

static const struct field request_line_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_COMPUTED,
		.help = "The line's number, given by the program: PR-2026-0001/1."},
	{.key = "request", .label = "Request", .type = &reference_type, .refers = "request", .width = 40,
		.flags = FIELD_PARENT | FIELD_REQUIRED, .help = "The purchase request."},
	{.key = "item", .label = "Item", .type = &text_type, .max = 160, .width = 40,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST, .help = "What is bought."},
	{.key = "kind", .label = "Kind", .type = &choice_type, .choices = kinds, .def = "item", .width = 8,
		.help = "Item; a quoted discount lowers the total; a credit, deposit or trade-in never does."},
	{.key = "account", .label = "Account", .type = &reference_type, .refers = "account", .width = 26,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "The expense or capital account it is charged to."},
	{.key = "quantity", .label = "Qty", .type = &quantity_type, .min = 1, .max = 100000000, .def = "1",
		.width = 8, .flags = FIELD_REQUIRED | FIELD_IN_LIST, .help = "How many: 4, or 2.5."},
	{.key = "unit_price", .label = "Unit price", .type = &money_type, .min = 0, .max = 10000000000,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST, .aliases = price_aliases,
		.help = "Price of one, without tax."},
	{.key = "amount", .label = "Amount", .type = &money_type, .flags = FIELD_COMPUTED | FIELD_IN_LIST,
		.help = "What counts for the total: quantity times unit price, to the cent."},
	{0},
};

const struct record_type request_line_record = {
	.name = "request-line",
	.table = "request_line",
	.source = "request_line",
	.label = "request line",
	.plural = "Lines",
	.help = "One thing asked for in a purchase request, and the account it is charged to.",
	.group = "Purchasing",
	.order = 55,
	.key_rule = KEY_CHILD,
	.prefix = "",
	.summary = "money(t.amount)",
	.sort = "key",
	.fields = request_line_fields,
};
