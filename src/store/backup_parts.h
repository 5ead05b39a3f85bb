/*
 * backup_parts.h - what the files about backups share. Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_BACKUP_PARTS_H
#define STORE_BACKUP_PARTS_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "store/backup.h"
#include "store/embedded.h"
#include "store/identity.h"

/* ---- backup_names.c ---- */

enum { BACKUP_HEAD_TEXT = 13 }; /* 12 hex digits and a NUL */

/* Is name that of a copy of this office? when receives the instant in it. */
bool backup_name_read(const char *office, const char *name, time_t *when);

/* The name for an instant as now() gives it, and a head, which may be "". Caller frees. */
char *backup_name(const char *office, const char *instant, const char *head);

/* "office" of "/var/lib/mso/office.db"; caller frees. */
char *backup_stem(const char *office);

/* The instant of an identity's now. */
time_t backup_now(const struct identity *identity);

/* Is there a copy of this local day? */
bool backup_is_of(const char *office, const char *today);

/* ---- backup_check.c ---- */

struct backup_contents {
	int64_t version;      /* of its schema */
	bool replaced;        /* an office that a restore has put aside */
	int64_t last_audit;   /* the last row of audit, 0 for none */
	int64_t last_private; /* and of audit_private */
	char head[BACKUP_HEAD_TEXT];
};

/*
 * Is it an office of a version up to newest, whole, with all its references, and its history
 * unbroken? False with a phrase that says what is wrong.
 */
bool backup_check(sqlite3 *db, int64_t newest, struct backup_contents *contents, struct error *err);

/* ---- backup.c ---- */

enum backup_occasion { BACKUP_ASKED, BACKUP_OF_TODAY, BACKUP_BEFORE_MIGRATION };

/*
 * As backup_make. BACKUP_OF_TODAY makes none, and made->path is NULL, when there is one of today or
 * one is being made, or the login has no active account. BACKUP_BEFORE_MIGRATION waits for another
 * one that is being made, gives a name that is kept for good, and makes none of an office that has
 * the schema newest meanwhile, which only it looks at.
 */
bool backup_make_for(const struct store_options *options, enum backup_occasion occasion,
	int64_t newest, struct backup_made *made, struct error *err);

/* ---- backup_sums.c ---- */

/*
 * The directory of the backups also keeps the SHA-256 of each that was made there, in the form of
 * sha256sum, for good: what was taken elsewhere is known by it when it comes back, and so is that
 * nobody changed it. Adds that of the file, which will have this name; false with errno.
 */
bool sums_add(const char *office, const char *file, const char *name, const struct stat *about);

/* Was the file, byte for byte, made as a backup of this office? */
bool sums_have(const char *office, const char *file);

/* ---- restore.c ---- */

/* As backup_restore, with migrations other than the program's own. */
bool backup_restore_with(const struct store_options *options, const struct embedded_file *files,
	const char *file, struct restored *restored, struct error *err);

/* ---- backup_file.c: plain files, and never one that SQLite has open in this process ---- */

/* Locks a directory for this process, waiting at most so long. A descriptor that gives it free when
 * it is closed, or -1 with errno: EWOULDBLOCK when another process has it. */
int directory_lock(const char *path, int patience_ms);

/*
 * Makes an empty file in the place of what a crash left there, with the mode, and for root the
 * owner, that the office's files have (about: of the office). A descriptor, or -1 with errno.
 */
int file_make(const char *path, const struct stat *about);

/* All of it, file or directory, is on the disk; false with errno. */
bool file_sync(const char *path);

void file_remove_with_journals(const char *path);

/* Who asks and when, as store_open has it: where others may write, the clock runs. */
bool file_identity(
	const struct store_options *options, struct identity *identity, struct error *err);

/* May others write it? Then it is the shared office and not a private file. */
bool file_is_shared(const struct stat *about);

#endif
