/*
 * work.h - people at work for the soak tests: each a process that saves records and does actions
 * the way the screens do, and tells every deed through a pipe before and after it.
 * GPL-3.0-or-later.
 */
#ifndef SOAK_WORK_H
#define SOAK_WORK_H

#include <stdbool.h>
#include <stdint.h>

enum deed_kind {
	DEED_NEW,
	DEED_SET,
	DEED_COUNT,
	DEED_DELETE,
	DEED_SUBMIT,
	DEED_APPROVE,
	DEED_RETURN
};
enum deed_state { DEED_BEGUN, DEED_SAVED, DEED_REFUSED };

/* One message. Shorter than PIPE_BUF, so that a killed process leaves whole ones. */
struct deed {
	int person;
	int64_t number; /* counts a person's deeds; both messages of a deed have the same */
	enum deed_kind kind;
	enum deed_state state;
	double ms; /* how long the save took; once it is over */
	char table[24];
	char key[48];   /* "" for a new record until it is saved */
	char field[24]; /* NEW, SET, COUNT: the column that shows the deed, "" for none */
	char text[96];  /* what stands in it; nobody else ever writes the same, but for COUNT */
	char said[200]; /* REFUSED: the code and the sentence */
};

struct work {
	const char *path; /* the office file */
	int person;       /* 0 and every eighth is the director */
	int64_t first;    /* number of the first deed */
	int64_t deeds;    /* how many are to be saved; 0: until killed */
	unsigned seed;
	int pipe; /* where the deeds are told */
};

/* Works, in a process of its own, and returns its exit code. */
int work_do(const struct work *work);

/* Makes the demo's office at path, with the mso program given. False after saying why. */
bool work_office(const char *mso, const char *path);

/* Is the office whole, rows and history and all, by mso check? */
bool work_sound(const char *mso, const char *path);

double work_clock(void); /* ms, of a clock that only runs */

#endif
