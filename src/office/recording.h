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
	bool mine;        /* this session's */
	bool own;         /* the actor's, from whatever session */
	bool left;        /* its session is gone: a crash */
};

/* Who records the meeting now; false and all empty when nobody does. */
bool recording_read(struct store *store, const char *meeting, struct recording *out);

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

/* True while another records this meeting; why, where given, receives a sentence. */
bool recording_by_other(struct store *store, const char *meeting, struct buffer *why);

#endif
