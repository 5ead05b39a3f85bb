/*
 * recording.h - one recording secretary per meeting at a time: who that is, and how it begins,
 * goes over to another, and ends. The rules stand in the database. GPL-3.0-or-later.
 */
#ifndef OFFICE_RECORDING_H
#define OFFICE_RECORDING_H

#include "office/record.h"

struct recording {
	char login[40];   /* "": nobody records */
	char name[64];    /* "M. Chen" */
	char since[24];   /* local "YYYY-MM-DD HH:MM" */
	char reason[204]; /* of whoever took it over, or "" */
	char session[96]; /* as holder_session() */
	bool mine;        /* this session's */
	bool own;         /* the actor's, from whatever session */
	bool left;        /* its session is gone: a crash */
};

/* Who records the meeting now; false and all empty when nobody does. */
bool recording_read(struct store *store, const char *meeting, struct recording *out);

/* What the history calls a column of the recordings; NULL for what it does not tell. */
const struct field *recording_field(const char *column);

/* Does its session still run? Asks the system, not the office. */
bool recording_lives(const struct recording *recording);

/*
 * Takes the recording when it is free, was left by a crash, or is the actor's own already. False
 * with code "recorded-by-other" and a sentence while another records.
 */
bool recording_take(struct store *store, const char *meeting, struct error *err);

/* Takes it from whoever has it; the reason is kept in the history. False with a sentence. */
bool recording_take_over(
	struct store *store, const char *meeting, const char *reason, struct error *err);

/* Ends the recording when it is this session's. */
void recording_release(struct store *store, const char *meeting);

/*
 * The key of what one person at a time records: the record, or what it is a part of. NULL: there is
 * none. Caller frees.
 */
char *recording_key(struct store *store, const struct record *record);

/*
 * Before the record is written, in the same transaction: what another's session left by a crash
 * stands in the way of nobody who may record.
 */
void recording_end_left(struct store *store, const struct record *record);

/* True while another records this meeting; why, where given, receives a sentence. */
bool recording_by_other(struct store *store, const char *meeting, struct buffer *why);

#endif
