/*
 * restore_parts.h - what the files about restoring share. Private to the store.
 * GPL-3.0-or-later.
 */
#ifndef STORE_RESTORE_PARTS_H
#define STORE_RESTORE_PARTS_H

#include "store/backup_parts.h"
#include "store/embedded.h"
#include "store/identity.h"

/* How this process alone holds the office that is to be replaced: by SQLite, or by its locks. */
struct holder {
	sqlite3 *db;
	int file;     /* of one that SQLite cannot read, or -1 */
	bool damaged; /* it is such a one */
};

struct restoring {
	const char *office;
	const struct embedded_file *files;
	struct identity identity;
	bool exists;       /* is there a file at office? */
	struct stat about; /* of it, else of its directory */
	bool bound; /* by the rules of the office: not root, nor the owner of a private file */
	char *source;
	bool own;       /* it is one of the office's own backups, or the same byte for byte */
	char *copy;     /* of the source, beside the office, until it gets its name; or NULL */
	char *replaced; /* the further name of what was there, or NULL */
	char *doubt;    /* what speaks against it for who is bound, or NULL */
	int lock;       /* on the directory, or -1 */
	bool done;      /* the copy has its name */
	struct backup_contents contents;
	struct holder holder;
};

/* Nobody else has it open, nor gets it before release_office. False with a sentence. */
bool hold_office(struct restoring *restoring, struct error *err);
void release_office(struct restoring *restoring);

/*
 * Is the copy an office as this program makes and keeps one, which it can bring up to date? False
 * with a phrase that says what is wrong; for who is not bound most of that is a doubt.
 */
bool trust_copy(struct restoring *restoring, struct error *err);

/* What is newer in the office that is held than in the copy. */
void compare_offices(struct restoring *restoring, struct restored *restored);

/* Marks it as replaced, for those who wait to open it, or takes the mark away again. */
bool mark_replaced(struct restoring *restoring, bool replaced, struct error *err);

#endif
