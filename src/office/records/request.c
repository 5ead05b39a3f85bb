/*
 * request.c - purchase requests: what is asked for, who decides, what became of it.
 * GPL-3.0-or-later.
 */
#include "office/record.h"

#include "office/authority.h"

static const char *const statuses[] = {
	"draft", "submitted", "returned", "approved", "rejected", "cancelled", NULL};
static const char *const stands[] = {"draft", "for director", "for chair", "for Board", "returned",
	"approved", "rejected", "cancelled", NULL};
static const char *const authorities[] = {"director", "chair", "chair on paper", "Board", NULL};
static const char *const purpose_aliases[] = {"for", NULL};
static const char *const needed_aliases[] = {"needed", NULL};

/* Who decides, by the two tests: shown in lists before anybody opens the request. */
#define DECIDES                                                                                    \
	"(CASE WHEN t.status <> 'submitted' THEN '' "                                                \
	"ELSE (SELECT CASE WHEN x.over_limit OR x.unbudgeted > 0 OR x.short > 0 THEN 'Board' "       \
	"WHEN (SELECT u.role FROM user u WHERE u.login = t.requested_by) = 'director' THEN 'chair' " \
	"ELSE 'director' END FROM request_test x WHERE x.request = t.key) END)"

/* Where a request stands in one word: its status, and for a submitted one who is to decide. */
#define STANDS "(CASE t.status WHEN 'submitted' THEN 'for ' || " DECIDES " ELSE t.status END)"

static const struct field request_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The request's number, given by the program: PR-2026-0001."},
	{.key = "requested_by", .label = "Requested by", .heading = "By", .type = &reference_type,
		.refers = "user", .width = 12, .flags = FIELD_CREATOR | FIELD_IN_LIST,
		.help = "Who asks; always the one who wrote it."},
	{.key = "vendor", .label = "Vendor", .type = &reference_type, .refers = "vendor", .width = 30,
		.flags = FIELD_TAB, .help = "From whom it is to be bought; needed before submitting."},
	{.key = "purpose", .label = "For", .type = &text_type, .max = 200, .width = 44,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST, .aliases = purpose_aliases,
		.help = "What it is for, in a few words. No patient data here."},
	{.key = "needed_by", .label = "Needed by", .type = &date_type,
		.flags = FIELD_REQUIRED | FIELD_IN_LIST, .aliases = needed_aliases,
		.help = "When it is needed; its year is the budget year that is charged."},
	{.key = "client", .label = "Client", .type = &reference_type, .refers = "client", .width = 30,
		.flags = FIELD_TAB, .help = "The client it is bought for, if any."},
	{.key = "need_mark", .label = "Need mark", .type = &text_type, .max = 20, .width = 10,
		.help = "The same word on requests that serve one need together."},
	{.key = "payments", .label = "Payments", .type = &integer_type, .min = 1, .max = 600, .def = "1",
		.width = 3, .flags = FIELD_REQUIRED,
		.help = "How often the lines are paid over the committed term: 12 for a year, monthly."},
	{.key = "tax", .label = "Tax", .type = &charge_type, .flags = FIELD_REQUIRED,
		.help = "Sales tax on the whole request: an amount, \"included\" or \"exempt\"."},
	{.key = "freight", .label = "Freight", .type = &charge_type, .flags = FIELD_REQUIRED,
		.help = "Shipping on the whole request: an amount, \"included\" or \"exempt\"."},
	{.key = "fees", .label = "Other fees", .type = &money_type, .min = 0, .max = 99999999999, .def = "0",
		.flags = FIELD_REQUIRED, .help = "Any other charge: handling, installation."},
	{.key = "total", .label = "Total", .type = &money_type, .flags = FIELD_COMPUTED | FIELD_IN_LIST,
		.help = "The landed total: lines over the whole term, tax, freight and fees."},
	{.key = "status", .label = "Status", .type = &choice_type, .choices = statuses, .def = "draft",
		.width = 9, .flags = FIELD_ACTION,
		.help = "Draft, submitted, returned for changes, approved, rejected or cancelled."},
	{.key = "decides", .label = "Decides", .type = &text_type, .width = 9,
		.flags = FIELD_COMPUTED, .sql = DECIDES,
		.help = "Who may decide a submitted request: the director, the chair, or only the Board."},
	{.key = "stands", .label = "Stands", .type = &choice_type, .choices = stands, .width = 12,
		.flags = FIELD_COMPUTED | FIELD_IN_LIST, .sql = STANDS,
		.help = "Where it stands: its status, and while it waits for a decision, whose that is."},
	{.key = "submitted_at", .label = "Submitted", .type = &moment_type, .flags = FIELD_ACTION,
		.help = "When it was submitted last."},
	{.key = "decided_by", .label = "Decided by", .type = &reference_type, .refers = "user",
		.width = 14, .flags = FIELD_ACTION, .help = "Who entered the decision."},
	{.key = "decided_at", .label = "Decided", .type = &moment_type, .flags = FIELD_ACTION,
		.help = "When the decision was entered."},
	{.key = "authority", .label = "Authority", .type = &choice_type, .choices = authorities,
		.width = 14, .flags = FIELD_ACTION,
		.help = "On whose authority it was approved: director, chair, or the Board by motion."},
	{.key = "motion", .label = "By motion", .type = &reference_type, .refers = "motion", .width = 40,
		.flags = FIELD_ACTION | FIELD_TAB, .help = "The Board's motion that approved it."},
	{.key = "signed_by", .label = "Signed by", .type = &reference_type, .refers = "member", .width = 26,
		.flags = FIELD_ACTION, .help = "The chair who signed, when it was decided on paper."},
	{.key = "signed_on", .label = "Signed on", .type = &date_type, .flags = FIELD_ACTION,
		.help = "The date under the chair's signature."},
	{.key = "sheet", .label = "Sheet lies", .type = &text_type, .max = 120, .width = 30,
		.flags = FIELD_ACTION, .help = "Where the signed sheet lies: file, link or drawer."},
	{.key = "decision_note", .label = "Reason", .type = &text_type, .max = 400, .width = 50,
		.flags = FIELD_ACTION, .help = "Why it was returned, rejected or cancelled."},
	{0},
};

static const struct view request_views[] = {
	{"open", "Open requests", "t.status IN ('draft', 'submitted', 'returned')"},
	{"decide", "To decide",
		"t.status = 'submitted' AND t.requested_by <> actor() AND CASE (SELECT role FROM me) "
		"WHEN 'director' THEN " DECIDES " = 'director' "
		"WHEN 'chair' THEN " DECIDES " = 'chair' "
		"AND EXISTS (SELECT 1 FROM board_chair c WHERE c.login = actor()) "
		"ELSE 0 END"},
	{"board", "For the Board", "t.status = 'submitted' AND " DECIDES " = 'Board'"},
	{"mine", "My requests", "t.requested_by = actor()"},
	{"drafts", "My drafts", "t.status = 'draft' AND t.requested_by = actor()"},
	{"waiting", "Mine, waiting", "t.status = 'submitted' AND t.requested_by = actor()"},
	{"returned", "Returned to me", "t.status = 'returned' AND t.requested_by = actor()"},
	{"approved", "Approved", "t.status = 'approved'"},
	{"all", "All requests", "1"},
	{0},
};

static const struct field reason_asked[] = {
	{.key = "decision_note", .label = "Reason", .type = &text_type, .max = 400, .width = 50,
		.flags = FIELD_REQUIRED, .help = "Why, in a sentence the requester can read."},
	{0},
};
static const struct field motion_asked[] = {
	{.key = "motion", .label = "By motion", .type = &reference_type, .refers = "motion", .width = 40,
		.flags = FIELD_REQUIRED,
		.help = "A carried and attested Board motion with this request as its subject."},
	{0},
};
static const struct field paper_asked[] = {
	{.key = "signed_by", .label = "Signed by", .type = &reference_type, .refers = "member", .width = 26,
		.flags = FIELD_REQUIRED, .help = "The chair of the Board, who signed."},
	{.key = "signed_on", .label = "Signed on", .type = &date_type, .flags = FIELD_REQUIRED,
		.help = "The date under the signature."},
	{.key = "sheet", .label = "Sheet lies", .type = &text_type, .max = 120, .width = 40,
		.flags = FIELD_REQUIRED, .help = "Where the signed sheet lies: file, link or drawer."},
	{0},
};

static bool request_to_board(struct action_call *call, struct error *err)
{
	return authority_to_board(call->store, record_key(call->record), call->said, err);
}

#define DECIDED "decided_by = actor(), decided_at = now()"
#define OF_DIRECTOR "(SELECT u.role FROM user u WHERE u.login = t.requested_by) = 'director'"
#define BY_BOARD_CHAIR OF_DIRECTOR " AND EXISTS (SELECT 1 FROM board_chair c WHERE c.login = actor())"


/* Nobody else may decide, or the Board has done so already. */
#define BOARD_DECIDES \
	"(" DECIDES " = 'Board' OR EXISTS (SELECT 1 FROM binding b WHERE b.body_kind = 'board' " \
	"AND b.type = 'request' AND b.subject = t.key))"

static const struct action request_actions[] = {
	{.name = "submit", .label = "Submit", .letter = "^E", .states = "draft returned",
		.roles = "director staff", .when = "t.requested_by = actor()",
		.help = "Hands the request in for a decision; the requester does it.",
		.set = "status = 'submitted', submitted_at = now(), decision_note = ''",
		.done = "{key} is submitted: {total}."},
	{.name = "approve", .label = "Approve", .letter = "a", .states = "submitted", .roles = "director",
		.when = "t.requested_by <> actor() AND " DECIDES " = 'director'", .decides = true,
		.help = "Approves within the limit and the adopted budget; never one's own request.",
		.set = "status = 'approved', authority = 'director', decision_note = '', " DECIDED,
		.done = "{key} is approved: {total}."},
	{.name = "approve-chair", .label = "Approve as chair", .letter = "a", .states = "submitted",
		.roles = "chair", .when = BY_BOARD_CHAIR " AND " DECIDES " = 'chair'", .decides = true,
		.help = "The Board's chair approves the director's own request, within the same two tests.",
		.set = "status = 'approved', authority = 'chair', decision_note = '', " DECIDED,
		.done = "{key} is approved by the chair: {total}."},
	{.name = "approve-paper", .label = "Approved on paper", .letter = "p", .states = "submitted",
		.roles = "staff", .when = "t.requested_by <> actor() AND " DECIDES " = 'chair'", .decides = true,
		.asks = paper_asked,
		.help = "Staff enter the chair's signed approval of the director's own request.",
		.set = "status = 'approved', authority = 'chair on paper', decision_note = '', "
			"signed_by = :signed_by, signed_on = :signed_on, sheet = :sheet, " DECIDED,
		.done = "{key} is approved by the chair on paper: {total}."},
	{.name = "approve-motion", .label = "Approved by Board", .letter = "m", .states = "submitted",
		.roles = "director staff chair", .when = "t.requested_by <> actor() AND " BOARD_DECIDES,
		.decides = true, .asks = motion_asked,
		.help = "Records the Board's approval by a binding motion about the request; anyone but the "
			"requester may.",
		.set = "status = 'approved', authority = 'Board', motion = :motion, decision_note = '', " DECIDED,
		.done = "{key} is approved by the Board: {total}."},
	{.name = "to-board", .label = "To the Board", .letter = "^B", .states = "submitted",
		.roles = "director staff", .when = DECIDES " <> 'director'",
		.help = "Puts the request on the Board's next agenda, with the motion's wording ready.",
		.run = request_to_board, .done = ""},
	{.name = "return", .label = "Return", .letter = "r", .states = "submitted",
		.roles = "director staff chair",
		.when = "t.requested_by = actor() OR (SELECT role FROM me) = 'director' "
			"OR (SELECT role FROM me) = 'chair' AND " BY_BOARD_CHAIR,
		.asks = reason_asked,
		.help = "Gives the request back for changes; the requester may take it back so, too.",
		.set = "status = 'returned', decision_note = :decision_note", .done = "{key} is returned."},
	{.name = "reject", .label = "Reject", .letter = "j", .states = "submitted",
		.roles = "director chair", .asks = reason_asked, .decides = true,
		.when = "t.requested_by <> actor() AND ((SELECT role FROM me) = 'director' OR " BY_BOARD_CHAIR ")",
		.help = "Turns the request down, with a reason the requester can read.",
		.set = "status = 'rejected', decision_note = :decision_note, " DECIDED,
		.done = "{key} is rejected."},
	{.name = "cancel", .label = "Cancel", .letter = "x", .states = "draft returned submitted approved",
		.roles = "director staff", .asks = reason_asked, .decides = true,
		.when = "t.requested_by = actor() OR (SELECT role FROM me) = 'director'",
		.help = "Ends the request with a reason; an approved one frees what it had committed.",
		.set = "status = 'cancelled', decision_note = :decision_note", .done = "{key} is cancelled."},
	{0},
};

const struct record_type request_record = {
	.name = "request",
	.table = "request",
	.source = "request",
	.label = "purchase request",
	.plural = "Requests",
	.help = "What somebody asks to buy, who may approve it, and what became of it.",
	.group = "Purchasing",
	.order = 50,
	.key_rule = KEY_YEARLY,
	.prefix = "PR",
	.summary = "t.status || '  ' || money(t.total)",
	.sort = "-key",
	.fields = request_fields,
	.views = request_views,
	.actions = request_actions,
};
