/*
 * backup.h - checked copies of an office in the directory "backups" beside it, made on demand and
 * once a day, and putting one back. GPL-3.0-or-later.
 *
 * A copy of office.db is named office-2026-11-21T140300Z-0a1b2c3d4e5f.db: when it was made (UTC),
 * and the head of the audit's chain in it. A file has that name only when all of it is on the disk
 * and was checked. Of the last 14 days and the last 12 months that have any, the newest is kept.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "core/date.h"
#include "core/error.h"
#include "store/store.h"

/* ---- the copies there are ---- */

/* One of them, as its name tells. */
struct backup {
	char *name; /* in the directory; owned by the list */
	time_t when;
	int64_t bytes;
	bool kept;             /* by backups_keep */
	bool before_migration; /* kept for good */
	bool future;           /* dated more than a day after now: by a clock that was wrong */
};

/* Newest first, and those of the future behind all others. Starts as {0}. */
struct backups {
	struct backup *items;
	size_t count;
};

/* Looks into the directory only. No directory: none. Those from before a migration are left out. */
void backups_list(const char *office, time_t now, struct backups *backups);

/* With those from before a migration; false with a sentence when the directory cannot be read. */
bool backups_list_all(
	const struct store_options *options, struct backups *backups, struct error *err);
void backups_free(struct backups *backups);

/*
 * Marks those to keep: the newest of each of the last 14 days and the last 12 months of the list,
 * and those of the future, of which nobody knows when they were made.
 */
void backups_keep(struct backups *backups);

/* When the newest one was made that is not of the future; false when there is none. */
bool backup_newest(const char *office, time_t now, time_t *when);

/* The path of the newest one of all by the real clock; caller frees. NULL when there is none. */
char *backup_newest_path(const char *office);

/* When the office file came to its place; false when its file system does not tell. */
bool backup_office_since(const char *office, time_t *since);

/* The directory of the copies of an office; caller frees. */
char *backup_directory(const char *office);

/* ---- making one ---- */

struct backup_made {
	char *path; /* owned */
	int64_t bytes;
	int kept;               /* copies there are now */
	int removed;            /* older ones that went */
	char oldest[DATE_TEXT]; /* the day of the oldest one kept, of those not of the future */
};

/*
 * Copies the office at options->path while others go on working, checks the copy, gives it its name
 * and removes what need not be kept. Whoever calls this has made sure that the person may. On a
 * connection of its own. False with a sentence, and no new copy: no office, another one is being
 * made, full disk, a copy that is not sound. made is freed with free(made->path).
 */
bool backup_make(const struct store_options *options, struct backup_made *made, struct error *err);

/*
 * Makes today's copy in a process of its own when there is none yet, without waiting for it. To be
 * called before the office is opened: a process that closes a file which its parent had open before
 * would drop the parent's locks. The copy is made only for a login with an active account; what
 * goes wrong is silent, for Home tells how old the newest copy is. With a clock that stands still
 * nothing is made unless MSO_BACKUP is set.
 */
void backup_daily(const struct store_options *options);

/* Did backup_daily begin one within the last minute? */
bool backup_daily_runs(void);

/* ---- putting one back ---- */

enum { RESTORE_TOLD = 10 };

/* A change in the replaced office that the restored one does not have. */
struct restore_change {
	char at[24]; /* UTC, as now() gives it */
	char who[64];
	char type[40];
	char key[64];
	char operation[8]; /* "insert", "update", "delete" */
};

struct restored {
	char *source;   /* owned: the file that was restored */
	char *replaced; /* owned: where the replaced office is now; NULL when there was none */
	bool older;    /* its schema is, so that the director's next sign-in brings it up to date */
	char *doubt;   /* owned: a phrase, what in it is not as this program makes it; else NULL */
	bool compared; /* the replaced office could be read */
	bool unused;   /* it was as it is made: nobody's work is in it */
	bool same_history; /* and it is a later state of the restored one */
	int64_t newer;     /* changes it has that the restored one has not */
	struct restore_change changes[RESTORE_TOLD]; /* the last of them, newest first */
	int change_count;
};

/*
 * Puts the file, or the copy of this name in the directory of backups, in the place of the office
 * at options->path. Refuses for all but the owner of a private file, and the director or root where
 * others may write it; when the file is not a sound office of a version that this program knows and
 * can bring up to date; and as long as anybody has the office open. Where others may write, all but
 * root are also refused one that has other rules, and whatever is not, byte for byte, a backup that
 * this office has made. The file itself stays as it is, and so does the replaced office, under
 * another name beside. False with a sentence; then nothing was replaced.
 */
bool backup_restore(const struct store_options *options, const char *file,
	struct restored *restored, struct error *err);
void restored_free(struct restored *restored);

#endif
