/*
 * actual.c - money that came in or went out: facts, flagged but never refused.
 * GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const sources[] = {
	"ledger", "invoice", "payroll", "bank", "credit", "other", NULL};
static const char *const booked_aliases[] = {"date", "booked", NULL};
static const char *const text_aliases[] = {"description", "memo", NULL};

static const struct field actual_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The entry's number, given by the program: A-0001."},
	{.key = "booked_on",
		.label = "Date",
		.type = &date_type,
		.def = "t",
		.flags = FIELD_REQUIRED | FIELD_STATED | FIELD_IN_LIST | FIELD_INDEXED,
		.aliases = booked_aliases,
		.help = "The day it was booked; it counts in that month and year."},
	{.key = "account",
		.label = "Account",
		.type = &reference_type,
		.refers = "account",
		.width = 30,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST | FIELD_TAB,
		.help = "The account it belongs to."},
	{.key = "amount",
		.label = "Amount",
		.type = &money_type,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "What came in or went out; a credit from a vendor is negative."},
	{.key = "text",
		.label = "Text",
		.type = &text_type,
		.max = 160,
		.width = 50,
		.flags = FIELD_TITLE | FIELD_IN_LIST,
		.aliases = text_aliases,
		.help = "What it was: payee, invoice number. No patient data here."},
	{.key = "source",
		.label = "Source",
		.type = &choice_type,
		.choices = sources,
		.def = "ledger",
		.width = 8,
		.help = "Where the entry comes from: ledger, invoice, payroll, bank. A vendor's credit is negative and "
			"restores what is available."},
	{.key = "request",
		.label = "Request",
		.type = &reference_type,
		.refers = "request",
		.width = 40,
		.flags = FIELD_TAB,
		.help = "The purchase request it pays, if any."},
	{.key = "flags",
		.label = "Flagged",
		.type = &text_type,
		.width = 30,
		.flags = FIELD_COMPUTED | FIELD_IN_LIST,
		.sql = "(CASE WHEN t.request IS NOT NULL AND (SELECT r.status FROM request r WHERE r.key = t.request) "
		       "<> 'approved' THEN 'without approval' "
		       "WHEN NOT EXISTS (SELECT 1 FROM budget b JOIN budget_line_seen l ON l.budget = b.key "
		       "WHERE b.status = 'adopted' AND b.fiscal_year = CAST (substr(t.booked_on, 1, 4) AS INTEGER) "
		       "AND l.account = t.account) THEN 'no budget' "
		       "ELSE '' END)",
		.help = "What the Board should know: paid without an approved request, or without a budget."},
	{0},
};

static const struct view actual_views[] = {
	{"year", "This year", "t.booked_on >= substr(today(), 1, 4) || '-01-01'"},
	{"month", "This month", "t.booked_on >= substr(today(), 1, 7) || '-01'"},
	{"flagged", "Without approval",
		"t.request IN (SELECT r.key FROM request r WHERE r.status <> 'approved')"},
	{"all", "All actuals", "1"},
	{0},
};

const struct record_type actual_record = {
	.name = "actual",
	.table = "actual",
	.source = "actual_seen",
	.label = "actual",
	.plural = "Actuals",
	.help = "Money that came in or went out, as booked.",
	.group = "Budget",
	.order = 90,
	.key_rule = KEY_NUMBER,
	.prefix = "A",
	.summary = "t.booked_on || '  ' || money(t.amount)",
	.sort = "-booked_on",
	.fields = actual_fields,
	.views = actual_views,
};
