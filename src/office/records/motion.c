/*
 * motion.c - motions: proposals put to a body, their vote, and the attestation that makes a
 * carried one binding. GPL-3.0-or-later.
 */
#include "office/record.h"

static const char *const outcomes[] = {"pending", "carried", "failed", "withdrawn", "tabled", NULL};
static const char *const ways[] = {"at the terminal", "signed sheet", NULL};

static const struct field motion_fields[] = {
	{.key = "key", .label = "Number", .type = &key_type, .flags = FIELD_KEY | FIELD_IN_LIST | FIELD_COMPUTED,
		.help = "The motion's number, given by the program: BD-2026-03/M1."},
	{.key = "meeting", .label = "Meeting", .type = &reference_type, .refers = "meeting", .width = 40,
		.flags = FIELD_PARENT | FIELD_REQUIRED, .help = "The meeting it was put to."},
	{.key = "agenda_item", .label = "Agenda item", .type = &reference_type, .refers = "agenda-item",
		.among = "meeting", .width = 40, .help = "The agenda item under which it came."},
	{.key = "text", .label = "Text", .type = &note_type, .max = 4000,
		.flags = FIELD_TITLE | FIELD_REQUIRED | FIELD_IN_LIST,
		.help = "The motion word for word: \"To approve ...\"."},
	{.key = "mover", .label = "Mover", .type = &reference_type, .refers = "member",
		.among = "meeting.body", .width = 26, .help = "Who proposed it."},
	{.key = "seconder", .label = "Seconder", .type = &reference_type, .refers = "member",
		.among = "meeting.body", .width = 26,
		.help = "Who seconded it, where the body asks for seconds."},
	{.key = "voted_at", .label = "Voted at", .type = &time_type,
		.help = "When the vote was taken; quorum is counted for that time."},
	{.key = "votes_for", .label = "For", .type = &integer_type, .max = 999, .def = "0", .width = 3,
		.help = "Votes in favour."},
	{.key = "votes_against", .label = "Against", .type = &integer_type, .max = 999, .def = "0",
		.width = 3, .help = "Votes against."},
	{.key = "votes_abstained", .label = "Abstain", .type = &integer_type, .max = 999, .def = "0",
		.width = 3, .help = "Members present who did not vote."},
	{.key = "votes_recused", .label = "Recused", .type = &integer_type, .max = 999, .def = "0",
		.width = 3, .help = "Members who stepped aside for an interest; not counted for quorum."},
	{.key = "standing", .label = "Stands", .type = &text_type, .width = 40, .flags = FIELD_COMPUTED,
		.sql = "(SELECT CASE WHEN t.outcome <> 'pending' THEN t.outcome "
		       "WHEN r.voted = 0 THEN 'not voted; ' || r.present || ' present, quorum ' || r.quorum "
		       "ELSE (CASE r.outcome WHEN 'carried' THEN 'carries' ELSE 'fails' END) "
		       "|| ' as it stands; ' || r.present || ' present, quorum ' || r.quorum END "
		       "FROM motion_result r WHERE r.motion = t.key)",
		.help = "What the vote comes to as it stands, by the body's quorum and majority."},
	{.key = "outcome", .label = "Outcome", .type = &choice_type, .choices = outcomes,
		.def = "pending", .width = 9, .flags = FIELD_ACTION | FIELD_IN_LIST,
		.help = "Pending until attested or withdrawn; the count decides carried or failed."},
	{.key = "binds", .label = "Binds", .type = &text_type, .width = 20,
		.flags = FIELD_COMPUTED | FIELD_IN_LIST,
		.sql = "(CASE WHEN t.outcome <> 'carried' THEN 'no' "
		       "WHEN t.rescinded_by IS NOT NULL THEN 'no, rescinded' "
		       "WHEN t.expires_on < today() THEN 'no, expired' "
		       "WHEN (SELECT g.status FROM meeting g WHERE g.key = t.meeting) = 'approved' THEN 'yes' "
		       "ELSE 'yes, minutes pending' END)",
		.help = "Whether it gives authority: carried and attested, not expired, not rescinded."},
	{.key = "expires_on", .label = "Expires on", .type = &date_type,
		.help = "The last day on which it gives authority; empty: no end."},
	{.key = "rescinded_by", .label = "Rescinded by", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_ACTION, .help = "The motion that took it back."},
	{.key = "attested_by", .label = "Attested by", .type = &reference_type, .refers = "user",
		.width = 14, .flags = FIELD_ACTION, .help = "The login that attested it."},
	{.key = "attested_on", .label = "Attested on", .type = &date_type, .flags = FIELD_ACTION,
		.help = "When it was attested."},
	{.key = "attested_how", .label = "Attested", .type = &choice_type, .choices = ways, .width = 15,
		.flags = FIELD_ACTION,
		.help = "At the terminal by chair or secretary, or by staff from the signed sheet."},
	{.key = "signed_by", .label = "Signed by", .type = &reference_type, .refers = "member", .width = 26,
		.flags = FIELD_ACTION, .help = "Chair or secretary who signed the sheet."},
	{.key = "signed_on", .label = "Signed on", .type = &date_type, .flags = FIELD_ACTION,
		.help = "When the sheet was signed."},
	{.key = "sheet", .label = "Sheet lies", .type = &text_type, .max = 120, .width = 30,
		.flags = FIELD_ACTION, .help = "Where the signed sheet lies: file, link or drawer."},
	{0},
};

#define TO_ATTEST                                                  \
	"t.attested_on IS NULL AND t.outcome = 'pending' AND " \
	"(SELECT g.status FROM meeting g WHERE g.key = t.meeting) NOT IN ('planned', 'cancelled')"

static const struct view motion_views[] = {
	{"all", "All motions", "1"},
	{"attest", "To attest", TO_ATTEST},
	{"voted", "Voted, not attested", TO_ATTEST " AND t.votes_for > 0"},
	{"mine", "For me to attest", TO_ATTEST " AND (SELECT g.body FROM meeting g WHERE g.key = t.meeting) "
		"= (SELECT p.body FROM me JOIN member p ON p.key = me.member)"},
	{"binding", "Binding motions", "EXISTS (SELECT 1 FROM binding b WHERE b.motion = t.key)"},
	{0},
};

static const struct field sheet_asked[] = {
	{.key = "signed_by", .label = "Signed by", .type = &reference_type, .refers = "member", .width = 26,
		.flags = FIELD_REQUIRED, .help = "The chair or secretary of the body who signed the sheet."},
	{.key = "signed_on", .label = "Signed on", .type = &date_type, .flags = FIELD_REQUIRED,
		.help = "The date under the signature."},
	{.key = "sheet", .label = "Sheet lies", .type = &text_type, .max = 120, .width = 40,
		.flags = FIELD_REQUIRED, .help = "Where the signed sheet lies: file, link or drawer."},
	{0},
};
static const struct field rescind_asked[] = {
	{.key = "rescinded_by", .label = "By motion", .type = &reference_type, .refers = "motion",
		.width = 14, .flags = FIELD_REQUIRED,
		.help = "A carried and attested motion of the same body with this motion as its subject."},
	{0},
};

#define COUNTED_OUTCOME "outcome = (SELECT r.outcome FROM motion_result r WHERE r.motion = motion.key)"

static const struct action motion_actions[] = {
	{.name = "attest", .label = "Attest", .letter = "a", .states = "pending", .roles = "chair",
		.decides = true,
		.help = "The body's chair or secretary confirms text and vote; quorum and outcome are computed, "
			"and everything about the motion is frozen.",
		.set = COUNTED_OUTCOME ", attested_by = actor(), attested_on = today(), "
			"attested_how = 'at the terminal'",
		.done = "{key} is attested: {outcome}."},
	{.name = "attest-sheet", .label = "Attest from sheet", .letter = "t", .states = "pending",
		.roles = "staff", .decides = true, .asks = sheet_asked,
		.help = "Staff confirm text and vote from the sheet that chair or secretary signed.",
		.set = COUNTED_OUTCOME ", attested_by = actor(), attested_on = today(), "
			"attested_how = 'signed sheet', signed_by = :signed_by, signed_on = :signed_on, "
			"sheet = :sheet",
		.done = "{key} is attested: {outcome}."},
	{.name = "withdraw", .label = "Withdrawn", .letter = "w", .states = "pending",
		.roles = "director staff", .help = "Records that the mover took the motion back.",
		.set = "outcome = 'withdrawn'", .done = "{key} is withdrawn."},
	{.name = "table", .label = "Tabled", .letter = "b", .states = "pending", .roles = "director staff",
		.help = "Records that the body put the motion off.", .set = "outcome = 'tabled'",
		.done = "{key} is tabled."},
	{.name = "rescind", .label = "Rescinded", .letter = "x", .states = "carried",
		.roles = "director staff", .asks = rescind_asked, .decides = true,
		.when = "t.rescinded_by IS NULL",
		.help = "Records that a later motion took this one back; it gives no authority any more.",
		.set = "rescinded_by = :rescinded_by", .done = "{key} is rescinded."},
	{0},
};

const struct record_type motion_record = {
	.name = "motion",
	.table = "motion",
	.source = "motion",
	.label = "motion",
	.plural = "Motions",
	.help = "A proposal put to a body, with its vote; carried and attested it gives authority.",
	.group = "Meetings",
	.order = 130,
	.key_rule = KEY_CHILD,
	.prefix = "M",
	.state = "outcome",
	.summary = "t.outcome || ', ' || t.meeting",
	.sort = "key",
	.fields = motion_fields,
	.views = motion_views,
	.actions = motion_actions,
};
