/*
 * meetings.h - a meeting with all that belongs to it, read as a whole for its page and its
 * minutes; and what the page does to it besides editing records. GPL-3.0-or-later.
 */
#ifndef OFFICE_MEETINGS_H
#define OFFICE_MEETINGS_H

#include "office/record.h"

/*
 * All texts are owned by the meeting and never NULL. Names, seats and quorum are those of today
 * until the minutes are approved, and then for good as they were kept with the approval.
 */
struct meeting_item {
	char *key, *title, *advice, *minutes;
};

struct meeting_seat {
	char *member; /* key */
	char *person, *role;
	char *attendance; /* key of the row; "" while there is none */
	char *presence;   /* "present", "absent", "excused", or "" */
	char *arrived_at, *left_at;
	bool voting;
};

struct meeting_motion {
	char *key, *text;
	char *item;                       /* key of the agenda item; "" for none */
	char *mover, *seconder;           /* names; "" for none */
	char *outcome, *standing, *binds; /* as the fields of a motion say it */
	char *voted_at, *expires_on;
	char *attested_on, *attested_how, *attested_by; /* the last is a name */
	char *subjects; /* "request PR-2026-0138 up to 1,340.00; meeting BD-2026-10" */
	int votes_for, votes_against, votes_abstained, votes_recused;
	int present, quorum; /* when the vote was taken; attested: as counted then */
};

struct meeting_action {
	char *key, *what, *owner, *due_on, *status, *done_note;
	char *meeting; /* where it was born */
	bool riding;   /* from an earlier meeting of the body */
	bool overdue;
};

struct meeting {
	char *key, *body, *body_name, *kind, *held_on, *starts_at, *place, *status;
	char *called_at, *adjourned_at, *guests, *secretary, *circulated_on, *approved_by;
	char *record; /* how far the history had come: at the approval, until then now; check.h */
	bool corrected;
	int64_t version;
	int quorum;         /* that the body asks for */
	bool seconds;       /* the body asks for seconders */
	int present, seats; /* voting members there now, and all */
	bool attested;      /* a motion of it is attested: attendance is frozen */
	struct meeting_item *items;
	struct meeting_seat *attendance;
	struct meeting_motion *motions;
	struct meeting_action *actions; /* as they are now */
	struct meeting_action *minuted; /* as the minutes tell of them: as they stood that day */
	int item_count, seat_count, motion_count, action_count, minuted_count;
};

/* Reads all of it; empties *meeting first. False with a sentence when there is none. */
bool meeting_read(struct store *store, const char *key, struct meeting *meeting, struct error *err);
void meeting_free(struct meeting *meeting);

/*
 * Notes what a member's row says ("presence", "arrived_at" or "left_at"), and makes the row when
 * there is none yet. Marked as absent or excused, the times go.
 */
bool meeting_mark(struct store *store, const char *meeting, const char *member, const char *field,
	const char *text, struct error *err);

/* Moves an agenda item by so many places and numbers the agenda from 1, in one transaction. */
bool meeting_move_item(
	struct store *store, const struct meeting *meeting, int item, int by, struct error *err);

/* A new agenda item with this title at the end, saved; appends its key to key. */
bool meeting_add_item(struct store *store, const char *meeting, const char *title,
	struct buffer *key, struct error *err);

/* The Board's next planned meeting, today included: false when none is planned. */
bool meeting_next_of_board(struct store *store, char key[32], char held_on[11]);

/* FROM and WHERE of the pending motions about a request on agendas of the Board still open. */
#define MOTIONS_ABOUT_REQUEST(key)                                               \
	"FROM motion_subject s JOIN motion m ON m.key = s.motion "               \
	"JOIN meeting g ON g.key = m.meeting JOIN body b ON b.code = g.body "    \
	"WHERE s.type = 'request' AND s.subject = " key " AND b.kind = 'board' " \
	"AND m.outcome = 'pending' AND g.status IN ('planned', 'draft', 'circulated')"

/* The last of them; false when there is none. */
bool meeting_motion_about(
	struct store *store, const char *request, char motion[32], char held_on[11]);

/* The name of the policy whose value in force the motion set. Caller frees; NULL: it set none. */
char *meeting_policy_by(struct store *store, const char *motion);

/* Minutes that are owed for a meeting that was held. */
struct meeting_due {
	char key[32];
	char body[96];
	char due_on[11];
};

/* The first due of the minutes that are still to be written; returns how many there are. */
int meetings_due(struct store *store, struct meeting_due *first);

/* The next planned meeting of any body: its body's name and date; false when there is none. */
bool meetings_next(struct store *store, struct meeting_due *next);

#endif
