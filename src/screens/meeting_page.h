/*
 * meeting_page.h - the page of a meeting, shared by meeting.c (the page and its keys),
 * meeting_rows.c (what stands in the lists), meeting_changes.c and meeting_motions.c (what is
 * asked and done), meeting_attendance.c, and meeting_meet.c (what others saved meanwhile).
 * GPL-3.0-or-later.
 */
#ifndef SCREENS_MEETING_PAGE_H
#define SCREENS_MEETING_PAGE_H

#include "office/meetings.h"
#include "office/recording.h"
#include "screens/actions.h"
#include "tui/page.h"

enum meeting_part { PART_AGENDA, PART_ATTENDANCE, PART_MOTIONS, PART_ACTIONS, MEETING_PARTS };
enum { MEETING_ASKED = 8, MEETING_HINTS = 24, MEETING_ANSWER = 24 };

struct meeting_page {
	struct page page;
	struct store *store;
	struct meeting meeting;
	struct record *record; /* the meeting, for its actions */
	int part;
	int focus[MEETING_PARTS];
	int64_t data_version;
	bool writes;
	struct recording recording; /* who records the meeting, as of the last reading */
	char taken_from[40];        /* login of whom the question about taking over names */
	bool just_began;            /* taken for the change that is being made */

	struct offered offered;     /* of the meeting */
	struct offered row_offered; /* of the focused motion or action item */
	char *row_key;              /* owned: which one that was read of; NULL: to be read */

	/* What a small form asks for: copies of fields, with the present values as defaults. */
	struct field asked[MEETING_ASKED]; /* ends with key NULL */
	char present[MEETING_ASKED][MEETING_ANSWER];
	const char *asked_words[ASK_WORDS]; /* borrowed: for its draft, meeting_ask_again */
	char *asked_key;                    /* owned: the record it is about */
	struct record *asked_of;            /* owned: the same as it was then, or NULL */
	bool (*answered)(void *context, const char *const *answers, struct error *err);
	struct record *decided; /* owned: what is saved instead of the answers, or NULL */
	struct buffer met;      /* what of others was saved with them, a sentence and a blank */
	const char *marking;    /* attendance field that is asked for */
	int subject_type;       /* chosen in the menu of subjects */
	char *subject;          /* owned: the record chosen */

	const struct record_type *undo_type; /* the last save here, for ^Z; NULL: none */
	char *undo_key;                      /* owned */
	struct hint hints[MEETING_HINTS];
};

/* ---- meeting.c ---- */

/* The page of a meeting on top of the stack, or NULL. */
struct meeting_page *meeting_page_top(void);

/* Goes to a part, and in it to the row with the key, if there is one. */
void meeting_page_go(struct meeting_page *page, enum meeting_part part, const char *key);

/* Reads the meeting again; the focus stays on its rows. */
void meeting_page_reload(struct meeting_page *page);

/* The focused row of a part, or -1. */
int meeting_page_row(const struct meeting_page *page, enum meeting_part part);

/* The key of the focused row of the present part; "" for none. */
const char *meeting_page_key(const struct meeting_page *page);

/* ---- meeting_rows.c ---- */

int meeting_rows(const struct meeting *meeting, int part);
const char *meeting_row_key(const struct meeting *meeting, int part, int row);
const char *meeting_part_name(int part);
const char *meeting_part_empty(int part);

/* Draws one row of a part; the mark is drawn already. */
void meeting_row_draw(const struct meeting *meeting, int part, int row, struct area *area, int at);

/* Appends what there is to say about a row, for the space below or beside the list. */
void meeting_row_detail(const struct meeting *meeting, int part, int row, struct buffer *out);

/* Appends by whom, the votes, what they come to, and what it is about, a line each. */
void meeting_vote_words(
	const struct meeting *meeting, const struct meeting_motion *motion, struct buffer *out);

/* ---- meeting_changes.c ---- */

/* Keys that change something here. True when the event was used. */
bool meeting_change_key(struct meeting_page *page, const struct event *event);

/* What works on the present part, for the hints. Returns the new count. */
int meeting_change_hints(const struct meeting_page *page, struct hint *hints, int count);

/* The same for ^P; run gets the page and the letter. */
void meeting_change_commands(struct meeting_page *page, struct command_list *list,
	void (*run)(void *context, int number));

/* What a letter of a part changes ("Absent"); NULL: nothing. */
const char *meeting_change_does(int part, char letter);

/* False with a sentence where the minutes are locked or the meeting does not take place. */
bool meeting_stands_open(const struct meeting *meeting, struct error *err);

/* Says why not, before anybody types for nothing. */
bool meeting_may_change(struct meeting_page *page, const char *type);

/* Copies fields of a type by key ("votes_for votes_against"), to be asked for; returns how many. */
int meeting_ask_for(struct meeting_page *page, const char *type, const char *keys);

/* What a field says at first. */
void meeting_ask_present(struct meeting_page *page, int index, const char *text);

/*
 * Asks for them; about is the record they are of, or NULL: it narrows what references may name, and
 * is kept as what a save is held against. answered gets the page, which has been read again and
 * records the meeting. The meeting is read again afterwards.
 */
void meeting_ask(struct meeting_page *page, const struct record *about, const char *title,
	const char *text, const char *does,
	bool (*answered)(void *context, const char *const *answers, struct error *err));

/* Before meeting_ask: how it is asked again; what is typed is not kept without. Borrowed. */
void meeting_ask_as(
	struct meeting_page *page, const char *name, const char *first, const char *second);

/* What the keys ask for, where it may be changed. */
void meeting_ask_item(struct meeting_page *page);
void meeting_ask_action(struct meeting_page *page);

/*
 * Gives the asked fields their answers and saves the record, which is freed. What others saved in
 * it meanwhile goes through meeting_meet.
 */
bool meeting_take_answers(struct meeting_page *page, struct record *record,
	const char *const *answers, struct error *err);

/* Saves so that ^Z on this page takes it back. */
bool meeting_save(struct meeting_page *page, struct record *record, struct error *err);

/* ---- meeting_meet.c ---- */

/*
 * Somebody else saved the record first: what does not clash is saved together, and met says what
 * was theirs. False with a sentence when there is something to decide, which is shown, or when it
 * is not the record any more that was asked about. yours is freed.
 */
bool meeting_meet(struct meeting_page *page, struct record *yours, struct error *err);

/* ---- meeting_attendance.c ---- */

/*
 * Reads again when others saved meanwhile. False when the focused member has another presence
 * since, which is said: nobody marks over what they have not seen.
 */
bool meeting_is_seen(struct meeting_page *page);

/* One key per member: the focus goes on to the next, and the message says to whom. */
void meeting_mark_presence(struct meeting_page *page, const char *presence);

/* Asks when the focused member came or left ("arrived_at", "left_at"). */
void meeting_ask_time(struct meeting_page *page, const char *field);

/* ---- meeting_recording.c ---- */

/* Reads who records; says so when somebody took it over from this page, or has ended it. */
void meeting_recording_read(struct meeting_page *page);

/* Before a change: takes the recording when it is free. False when another has it, which is said.
 */
bool meeting_recording_begin(struct meeting_page *page);
void meeting_recording_end(struct meeting_page *page); /* when the page goes */

/* Before answers are saved: takes it where nobody has it. False with who took it meanwhile. */
bool meeting_recording_goes_on(struct meeting_page *page, struct error *err);

/* Says why a change was refused, and gives back what was taken for nothing else. */
void meeting_recording_refused(struct meeting_page *page, const struct error *err);

/* Has the session of whoever records ended since they were read? It saved nothing to tell so. */
bool meeting_recording_ended(const struct meeting_page *page);

bool meeting_recording_by_other(const struct meeting_page *page);

/* "recorded by M. Chen since 10:42", or behind the status ", you record". Appends. */
void meeting_recording_words(const struct meeting_page *page, struct buffer *out);

/* Asks for the reason; false when there is nothing to take over. */
bool meeting_recording_take_over(struct meeting_page *page);

/* ---- meeting_motions.c ---- */

/* Neither attested, withdrawn nor tabled: votes and subjects are still noted. */
bool meeting_motion_pending(const struct meeting_motion *motion);

void meeting_add_motion(struct meeting_page *page);
void meeting_ask_votes(struct meeting_page *page);

/* Asks for these, too ("mover seconder"), whether or not they are known by now; NULL: none. */
void meeting_ask_votes_with(struct meeting_page *page, const char *people);
void meeting_ask_subject(struct meeting_page *page);

/* Asks up to what amount a motion is about a record. */
void meeting_ask_amount(
	struct meeting_page *page, const char *motion, const char *type, const char *subject);

/* ---- meeting_draft.c ---- */

/* The row "meeting" of ask_openers. */
bool meeting_ask_again(struct store *store, const struct ask_from *from, struct error *err);

/* ---- minutes_page.c ---- */

void minutes_open(struct store *store, const char *meeting);

#endif
