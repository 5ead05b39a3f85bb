/*
 * budget.c - budgets of a fiscal year and their way through Council and Board.
 * GPL-3.0-or-later.
 */
#include "office/record.h"
#include "office/records/binding.h"

static const char *const statuses[] = {"draft", "recommended", "adopted", "superseded", NULL};
static const char *const year_aliases[] = {"year", NULL};

static const struct field budget_fields[] = {
	{.key = "key",
		.label = "Number",
		.type = &key_type,
		.flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The budget's number, given by the program: B-2026-0001."},
	{.key = "fiscal_year",
		.label = "Fiscal year",
		.heading = "Year",
		.type = &integer_type,
		.min = 1990,
		.max = 2199,
		.width = 4,
		.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_IN_LIST,
		.aliases = year_aliases,
		.help = "The calendar year it plans: 2026."},
	{.key = "title",
		.label = "Title",
		.type = &text_type,
		.max = 80,
		.width = 36,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "What this version is called: Operating budget 2026."},
	{.key = "status",
		.label = "Status",
		.type = &choice_type,
		.choices = statuses,
		.def = "draft",
		.width = 11,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Draft, recommended by the Council, adopted by the Board, superseded. Only an adopted "
			"budget controls, and it is locked."},
	{.key = "council_motion",
		.label = "Council motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_ACTION | FIELD_TAB,
		.help = "The Council's motion that recommends it."},
	{.key = "board_motion",
		.label = "Board motion",
		.heading = "By Board",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "The Board's motion that adopts it."},
	{.key = "revenue",
		.label = "Revenue",
		.type = &money_type,
		.flags = FIELD_COMPUTED,
		.sql = "(SELECT sum(l.annual) FROM budget_line_seen l JOIN account_seen a ON a.code = l.account "
		       "WHERE l.budget = t.key AND a.kind = 'revenue')",
		.help = "All revenue of the year; without private accounts for all but the director."},
	{.key = "expense",
		.label = "Expense",
		.type = &money_type,
		.flags = FIELD_COMPUTED,
		.sql = "(SELECT sum(l.annual) FROM budget_line_seen l JOIN account_seen a ON a.code = l.account "
		       "WHERE l.budget = t.key AND a.kind <> 'revenue')",
		.help = "All expense and capital of the year; without private accounts for all but the "
			"director."},
	{.key = "notes",
		.label = "Notes",
		.type = &note_type,
		.max = 8000,
		.help = "Assumptions behind the figures. No patient data here."},
	{0},
};

static const struct view budget_views[] = {
	{"current", "Budgets in work and in force", "t.status <> 'superseded'"},
	{"waiting", "Not adopted yet", "t.status IN ('draft', 'recommended')"},
	{"all", "All budgets", "1"},
	{0},
};

static const struct field council_asked[] = {
	{.key = "council_motion",
		.label = "Council motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_REQUIRED,
		.help = "A carried and attested Council motion that has this budget as a subject."},
	{0},
};
static const struct field board_asked[] = {
	{.key = "board_motion",
		.label = "Board motion",
		.type = &reference_type,
		.refers = "motion",
		.width = 14,
		.flags = FIELD_REQUIRED,
		.help = "A carried and attested Board motion that has this budget as a subject."},
	{0},
};

static const struct action budget_actions[] = {
	{.name = "recommend",
		.label = "Recommended",
		.letter = "r",
		.states = "draft",
		.roles = "director",
		.asks = council_asked,
		.prefill = BINDING_MOTION(OF_COUNCIL, "budget", "t.key"),
		.decides = true,
		.help = "Records the Council's recommendation, by its motion; the lines are locked from then on.",
		.set = "status = 'recommended', council_motion = :council_motion",
		.done = "{key} is recommended by the Council."},
	{.name = "adopt",
		.label = "Adopted",
		.letter = "a",
		.states = "recommended",
		.roles = "director",
		.asks = board_asked,
		.prefill = BINDING_MOTION(OF_BOARD, "budget", "t.key"),
		.decides = true,
		.help = "Records the Board's adoption, by its motion; the budget controls spending from then on "
			"and supersedes the year's former one.",
		.set = "status = 'adopted', board_motion = :board_motion",
		.done = "{key} is adopted and controls {fiscal_year}."},
	{.name = "redraft",
		.label = "Back to draft",
		.letter = "b",
		.states = "recommended",
		.roles = "director",
		.help = "Takes a recommended budget back into draft; it then needs the Council again.",
		.set = "status = 'draft', council_motion = NULL",
		.done = "{key} is a draft again."},
	{0},
};

const struct record_type budget_record = {
	.name = "budget",
	.table = "budget",
	.source = "budget",
	.label = "budget",
	.plural = "Budgets",
	.help = "A budget of one fiscal year, on its way through Council and Board.",
	.instead = "Only an adopted budget controls spending, so a draft may stay; to delete it, "
		   "delete its lines first.",
	.group = "Budget",
	.order = 80,
	.key_rule = KEY_YEARLY,
	.key_year = "fiscal_year",
	.prefix = "B",
	.summary = "t.status",
	.sort = "-fiscal_year",
	.lock = {"draft", NULL, "A recommended one can be taken back to draft."},
	.fields = budget_fields,
	.views = budget_views,
	.actions = budget_actions,
};
