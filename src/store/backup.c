/*
 * backup.c - makes a checked copy of an office while others work in it: copied under a name that
 * is no backup's, checked, written to the disk, and only then named. GPL-3.0-or-later.
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/backup_parts.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/place.h"

struct copying {
	const char *office;
	enum backup_occasion occasion;
	int64_t newest;
	struct identity identity;
	struct stat about; /* of the office file */
	char *directory;
	int lock;   /* the directory's descriptor, or -1 */
	char *part; /* the copy while it is no backup yet */
};

/* ---- the place ---- */

static bool make_directory(struct copying *copying, struct error *err)
{
	mode_t mode = file_is_shared(&copying->about) ? 02770 : 0700;

	if (mkdir(copying->directory, mode & 0770) != 0) {
		if (errno == EEXIST)
			return true;
		return error_set(err,
			"The directory %s for backups cannot be made (%s), so no backup was made. See "
			"that the disk is not full and that you may write beside the office.",
			copying->directory, strerror(errno));
	}
	if (geteuid() == 0 &&
		chown(copying->directory, copying->about.st_uid, copying->about.st_gid) != 0)
		return error_set(err,
			"The directory %s cannot be given to the office's owner (%s).",
			copying->directory, strerror(errno));
	if (chmod(copying->directory, mode) != 0)
		return error_set(err, "The directory %s cannot be kept from others (%s).",
			copying->directory, strerror(errno));
	return true;
}

static bool lock_directory(struct copying *copying, struct error *err)
{
	int patience = copying->occasion == BACKUP_BEFORE_MIGRATION ? connection_patience_ms : 0;

	copying->lock = directory_lock(copying->directory, patience);
	if (copying->lock >= 0)
		return true;
	if (errno == EWOULDBLOCK) {
		error_set(err, "Another backup of this office is just being made. Wait until it is "
			       "done; it is as good as yours.");
		snprintf(err->code, sizeof err->code, "busy");
		return false;
	}
	return error_set(err,
		"The directory %s for backups cannot be used (%s), so no backup was made. Ask "
		"whoever looks after this computer for access to it.",
		copying->directory, strerror(errno));
}

/* ---- copying ---- */

/* A copy that fails says what that means for the backups; the office itself is untouched. */
static bool explain_copy(struct error *err)
{
	struct error reason = *err;

	if (strcmp(reason.code, "full") == 0)
		return error_set(err,
			"The disk is full, so no backup was made; the older ones stay. "
			"Free some space, then run `mso backup`.");
	if (strcmp(reason.code, "damaged") == 0)
		return error_set(err,
			"The office file is damaged and cannot be copied; the older backups "
			"stay. Change nothing more, and restore one of them: `mso restore` "
			"lists them.");
	return error_set(err, "No backup was made; the older ones stay. %.400s", reason.text);
}

static bool make_part(struct copying *copying, struct error *err)
{
	char *stem = backup_stem(copying->office);
	struct buffer path = {0};
	int file;

	buffer_format(&path, "%s/%s.part", copying->directory, stem);
	free(stem);
	copying->part = buffer_take(&path);
	file = file_make(copying->part, &copying->about);
	if (file < 0)
		return error_set(err,
			"No file can be made in %s (%s), so no backup was made; the older ones stay. "
			"See that the disk is not full and that you may write there.",
			copying->directory, strerror(errno));
	close(file);
	return true;
}

static bool has_account(sqlite3 *db, struct error *err)
{
	int64_t active = 0;

	return connection_integer(db, "SELECT count(*) FROM me WHERE role <> ''", &active, err) &&
	       active > 0;
}

/* Is there anything to be copied on this occasion? */
static bool is_wanted(struct copying *copying, sqlite3 *db, struct error *err)
{
	int64_t version = 0;

	if (copying->occasion == BACKUP_OF_TODAY)
		return has_account(db, err);
	if (copying->occasion == BACKUP_ASKED)
		return true;
	return connection_integer(db, "PRAGMA user_version", &version, err) &&
	       version < copying->newest;
}

static bool fill_part(struct copying *copying, struct error *err)
{
	sqlite3 *db = connection_open(copying->office, true, &copying->identity, err);
	bool filled;

	if (db == NULL)
		return false;
	/* Reads in one transaction, as any other reader: nobody who writes has to wait for it. */
	filled =
		make_part(copying, err) &&
		(connection_run_text(db, "VACUUM INTO ?", copying->part, err) || explain_copy(err));
	sqlite3_close(db);
	return filled;
}

static bool check_part(struct copying *copying, struct backup_contents *contents, struct error *err)
{
	struct error reason;
	sqlite3 *db = connection_open(copying->part, true, &copying->identity, &reason);
	bool sound = db != NULL && backup_check(db, INT64_MAX, contents, &reason);

	if (sound && contents->replaced)
		sound = error_set(&reason, "it was put aside when another one was restored");
	sqlite3_close(db);
	if (!sound && failure_is_outside(&reason)) {
		*err = reason;
		return explain_copy(err);
	}
	return sound ||
	       error_set(err,
		       "The copy of the office did not pass its check (%.300s), so it is no "
		       "backup and was removed; the older ones stay. The office file itself is "
		       "probably damaged: change nothing more, run `mso check`, and restore a "
		       "backup (`mso restore` lists them).",
		       reason.text);
}

/* ---- naming ---- */

/* What is kept from before a migration goes by the schema it has, and is never removed. */
static char *final_name(const struct copying *copying, const struct backup_contents *contents)
{
	char *plain = backup_name(copying->office, copying->identity.now, contents->head);
	char *stem = backup_stem(copying->office);
	struct buffer path = {0};

	buffer_format(&path, "%s/%s", copying->directory, stem);
	if (copying->occasion == BACKUP_BEFORE_MIGRATION)
		buffer_format(&path, "-schema-%lld", (long long)contents->version);
	buffer_add(&path, plain + strlen(stem));
	free(stem);
	free(plain);
	return buffer_take(&path);
}

static bool name_part(struct copying *copying, const struct backup_contents *contents,
	struct backup_made *made, struct error *err)
{
	struct stat about;

	made->path = final_name(copying, contents);
	if (file_sync(copying->part) && stat(copying->part, &about) == 0 &&
		sums_add(copying->office, copying->part, strrchr(made->path, '/') + 1, &about) &&
		rename(copying->part, made->path) == 0 && fsync(copying->lock) == 0) {
		made->bytes = about.st_size;
		return true;
	}
	error_set(err,
		"The disk did not take the backup %s (%s), so there is none; the older ones stay. See "
		"that the disk is not full, and have it checked.",
		made->path, strerror(errno));
	free(made->path);
	made->path = NULL;
	return false;
}

static void remove_others(struct copying *copying, struct backup_made *made)
{
	struct backups backups;

	backups_list(copying->office, backup_now(&copying->identity), &backups);
	backups_keep(&backups);
	for (size_t i = 0; i < backups.count; i++) {
		const struct backup *backup = &backups.items[i];
		const char *just_made = strrchr(made->path, '/') + 1;

		if (!backup->kept && strcmp(backup->name, just_made) != 0 &&
			unlinkat(copying->lock, backup->name, 0) == 0) {
			made->removed++;
			continue;
		}
		made->kept++;
		if (!backup->future)
			date_from_time(backup->when, made->oldest);
	}
	backups_free(&backups);
}

/* ---- all of it ---- */

/* What is to be copied, and may be. False with a sentence; *wanted false when nothing is to do. */
static bool look(struct copying *copying, bool *wanted, struct error *err)
{
	sqlite3 *db;

	if (!place_holds_file(copying->office, &copying->about, err))
		return false;
	err->text[0] = '\0';
	db = connection_open(copying->office, true, &copying->identity, err);
	*wanted = db != NULL && connection_settle(db, false, err) && is_wanted(copying, db, err);
	sqlite3_close(db);
	return *wanted || err->text[0] == '\0';
}

static bool make_one(struct copying *copying, struct backup_made *made, struct error *err)
{
	struct backup_contents contents;
	bool wanted = false;

	if (!look(copying, &wanted, err))
		return false;
	if (!wanted)
		return true;
	if (!make_directory(copying, err))
		return false;
	if (!lock_directory(copying, err))
		return copying->occasion == BACKUP_OF_TODAY && strcmp(err->code, "busy") == 0;
	/* What was so before the lock may have been done by another since. */
	if (copying->occasion == BACKUP_OF_TODAY &&
		backup_is_of(copying->office, copying->identity.today))
		return true;
	if (copying->occasion == BACKUP_BEFORE_MIGRATION &&
		(!look(copying, &wanted, err) || !wanted))
		return !wanted && err->text[0] == '\0';
	if (!fill_part(copying, err) || !check_part(copying, &contents, err) ||
		!name_part(copying, &contents, made, err))
		return false;
	remove_others(copying, made);
	return true;
}

bool backup_make_for(const struct store_options *options, enum backup_occasion occasion,
	int64_t newest, struct backup_made *made, struct error *err)
{
	struct copying copying = {
		.office = options->path, .occasion = occasion, .newest = newest, .lock = -1};
	struct error ignored;
	bool done;

	if (err == NULL)
		err = &ignored;
	*made = (struct backup_made){0};
	if (!file_identity(options, &copying.identity, err))
		return false;
	copying.directory = backup_directory(options->path);
	done = make_one(&copying, made, err);
	if (copying.part != NULL)
		file_remove_with_journals(copying.part);
	if (copying.lock >= 0)
		close(copying.lock);
	identity_end(&copying.identity);
	free(copying.directory);
	free(copying.part);
	return done;
}

bool backup_make(const struct store_options *options, struct backup_made *made, struct error *err)
{
	return backup_make_for(options, BACKUP_ASKED, 0, made, err);
}
