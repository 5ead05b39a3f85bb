/*
 * restore.c - puts a checked backup in the place of an office. The office that stood there is held
 * alone until the other has its name, and marked, so that a program that waited for it meanwhile
 * does not go on with the file that is gone. GPL-3.0-or-later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/backup_parts.h"
#include "store/bytes.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/migrate.h"
#include "store/place.h"
#include "store/restore_parts.h"
#include "store/user_file.h"

/* ---- who may ---- */

static bool is_root(void)
{
	return geteuid() == 0 || getuid() == 0;
}

static bool is_director(struct restoring *restoring)
{
	int64_t found = 0;
	sqlite3 *db = connection_open(restoring->office, true, &restoring->identity, NULL);
	bool read = db != NULL &&
		    connection_integer(db,
			    "SELECT count(*) FROM user "
			    "WHERE login = real_login() AND active = 1 AND role = 'director'",
			    &found, NULL);

	sqlite3_close(db);
	return read && found > 0;
}

/* A private file is its owner's; what others may write is the director's, or root's. */
static bool check_who(struct restoring *restoring, struct error *err)
{
	if (is_root())
		return true;
	if (!file_is_shared(&restoring->about))
		return restoring->about.st_uid == geteuid() ||
		       error_set(err,
			       "The office %s belongs to somebody else, and only its owner may put a "
			       "backup in its place. Ask them.",
			       restoring->office);
	if (restoring->exists && is_director(restoring))
		return true;
	return error_set(err,
		"Only the director may put a backup in the place of the office, or root when the "
		"office cannot tell who that is. Ask one of them.");
}

/* The directory of a shared office hands its group on. */
static bool is_for_all(mode_t directory)
{
	return (directory & (S_ISGID | S_IWGRP)) == (S_ISGID | S_IWGRP);
}

/* Said before anything is tried: SQLite would say that the disk fails. */
static bool may_be_changed(struct restoring *restoring, struct error *err)
{
	return !restoring->exists ||
	       faccessat(AT_FDCWD, restoring->office, R_OK | W_OK, AT_EACCESS) == 0 ||
	       error_set(err,
		       "The office %s may not be changed (%s), so nothing was replaced. Look at "
		       "its rights (`ls -l`, `lsattr`), or ask whoever looks after this computer.",
		       restoring->office, strerror(errno));
}

static bool look_at_place(struct restoring *restoring, struct error *err)
{
	char *directory = place_directory(restoring->office);
	bool fit = true;

	restoring->exists = lstat(restoring->office, &restoring->about) == 0;
	if (!restoring->exists && errno != ENOENT && errno != ENOTDIR)
		fit = error_set(err,
			"The office at %s cannot be reached (%s). Ask whoever looks after this "
			"computer for access to it.",
			restoring->office, strerror(errno));
	else if (!restoring->exists && stat(directory, &restoring->about) == 0)
		restoring->about.st_mode = is_for_all(restoring->about.st_mode) ? 0660 : 0600;
	else if (!restoring->exists)
		fit = error_set(err,
			"There is no directory %s to put the office in. Make it first, or give the "
			"right path.",
			directory);
	else if (restoring->exists && !S_ISREG(restoring->about.st_mode))
		fit = error_set(err,
			"%s is not an ordinary file, so nothing can take its place. Move it away, or "
			"give the path of the file itself.",
			restoring->office);
	fit = fit && place_is_local(directory, err) && check_who(restoring, err) &&
	      may_be_changed(restoring, err);
	restoring->bound = !is_root() && file_is_shared(&restoring->about);
	free(directory);
	return fit;
}

/* ---- the file that comes in ---- */

/* A bare name is that of a copy in the directory of backups, if it is there. */
static char *find_backup(const char *office, const char *file)
{
	char *directory = backup_directory(office);
	struct buffer path = {0};

	buffer_format(&path, "%s/%s", directory, file);
	free(directory);
	if (strchr(file, '/') == NULL && file[0] != '.' && eaccess(buffer_text(&path), F_OK) == 0)
		return buffer_take(&path);
	buffer_free(&path);
	return NULL;
}

static bool refuse_kind(const char *path, struct error *err)
{
	return error_set(err,
		"%s is no ordinary file, and nothing else can be restored. `mso restore` alone lists "
		"the backups.",
		path);
}

/* What is still in a journal beside it would be missing. */
static bool has_no_journal(const char *path, struct error *err)
{
	char *journal = place_beside(path, "-wal");
	struct stat about;
	bool none = stat(journal, &about) != 0 || about.st_size == 0;

	free(journal);
	return none || error_set(err,
			       "%s has a journal beside it (-wal): it is an office at work and no "
			       "backup. Make a backup of it with `mso --db %s backup`, and restore "
			       "that.",
			       path, path);
}

/* Nobody is waited for, as the writer of a pipe would be. */
static int open_backup(const char *path, struct error *err)
{
	struct stat about;
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (file < 0) {
		error_set(err, "%s cannot be read (%s).", path, strerror(errno));
		return -1;
	}
	if (fstat(file, &about) == 0 && S_ISREG(about.st_mode))
		return file;
	close(file);
	refuse_kind(path, err);
	return -1;
}

static int open_source(struct restoring *restoring, const char *file, struct error *err)
{
	struct stat about;
	int source;

	restoring->source = find_backup(restoring->office, file);
	restoring->own = restoring->source != NULL;
	if (restoring->own)
		return open_backup(restoring->source, err);
	restoring->source = memory_text(file);
	if (user_file_waits(file)) {
		refuse_kind(file, err);
		return -1;
	}
	/* Closing the office itself would drop the locks of this process. */
	if (restoring->exists && stat(file, &about) == 0 &&
		user_file_same(&about, &restoring->about)) {
		error_set(err,
			"%s is the office itself. Give the file of a backup; `mso restore` "
			"alone lists them.",
			file);
		return -1;
	}
	if (!has_no_journal(file, err))
		return -1;
	source = user_file_open(NULL, file, err);
	if (source < 0) {
		struct error why = *err;

		error_set(err, "%s `mso restore` alone lists the backups.", why.text);
	}
	return source;
}

/* What is checked must be what is put in place: a copy that nobody else can change. */
static bool copy_source(struct restoring *restoring, const char *file, struct error *err)
{
	int from = open_source(restoring, file, err), to, failure;

	if (from < 0)
		return false;
	to = file_make(restoring->copy, &restoring->about);
	failure = to < 0 ? errno : bytes_copy(from, to);
	close(from);
	if (to >= 0)
		close(to);
	return failure == 0 ||
	       error_set(err,
		       "The backup could not be copied beside the office (%s), and nothing was "
		       "replaced. See that the disk is not full and that you may write there.",
		       strerror(failure));
}

/* It comes as an office at rest that any number may open at once. */
static bool make_ready(sqlite3 *db, const struct backup_contents *contents, struct error *err)
{
	char mark[64];

	sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d", OFFICE_APPLICATION_ID);
	return (!contents->replaced || connection_run(db, mark, err)) &&
	       connection_settle(db, false, err);
}

static bool check_copy(struct restoring *restoring, struct error *err)
{
	struct error reason;
	sqlite3 *db = connection_open(restoring->copy, true, &restoring->identity, &reason);
	char *journal = place_beside(restoring->copy, "-wal");
	bool sound =
		db != NULL &&
		backup_check(db, migrate_newest(restoring->files), &restoring->contents, &reason) &&
		trust_copy(restoring, &reason);

	if (!sound && failure_is_outside(&reason))
		error_set(err, "%s was not checked, and nothing was replaced. %.300s",
			restoring->source, reason.text);
	else if (!sound)
		error_set(err,
			"%s cannot be restored: %.300s. Nothing was replaced. Give another backup; "
			"`mso restore` alone lists them.",
			restoring->source, reason.text);
	else
		sound = make_ready(db, &restoring->contents, err);
	sqlite3_close(db);
	if (sound && (!file_sync(restoring->copy) || eaccess(journal, F_OK) == 0))
		sound = error_set(err,
			"The disk did not take the backup (%s), and nothing was replaced. See that "
			"it is not full, and have it checked.",
			strerror(errno));
	free(journal);
	return sound;
}

/* ---- the exchange ---- */

/* A name for the replaced office that is free: "office-replaced-2026-11-21T140300Z.db". */
static bool keep_replaced(struct restoring *restoring, struct error *err)
{
	char *directory = place_directory(restoring->office);
	char *stem = backup_stem(restoring->office);
	const char *now = restoring->identity.now;
	bool kept = false;

	for (int number = 1; !kept && number < 100; number++) {
		struct buffer path = {0};

		buffer_format(&path, "%s/%s-replaced-%.13s%.2s%.3s", directory, stem, now, now + 14,
			now + 17);
		if (number > 1)
			buffer_format(&path, "-%d", number);
		buffer_add(&path, ".db");
		kept = link(restoring->office, buffer_text(&path)) == 0;
		if (kept)
			restoring->replaced = buffer_take(&path);
		buffer_free(&path);
		if (!kept && errno != EEXIST)
			break;
	}
	free(directory);
	free(stem);
	return kept ||
	       error_set(err,
		       "The office that stands there cannot be kept under another name (%s), "
		       "so nothing was replaced.",
		       strerror(errno));
}

/* Journals that are left here would be replayed over the restored office. */
static void clear_place(struct restoring *restoring)
{
	static const char *const suffixes[] = {"-wal", "-shm", "-journal"};

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *journal = place_beside(restoring->office, suffixes[i]);
		char *kept = restoring->replaced == NULL
				     ? NULL
				     : place_beside(restoring->replaced, suffixes[i]);

		/* Where SQLite could not read the office, its journal may be all there is of it. */
		if (kept == NULL || !restoring->holder.damaged || i == 1 ||
			rename(journal, kept) != 0)
			unlink(journal);
		free(journal);
		free(kept);
	}
}

static bool exchange(struct restoring *restoring, struct error *err)
{
	if (restoring->exists && !keep_replaced(restoring, err))
		return false;
	clear_place(restoring);
	if (rename(restoring->copy, restoring->office) == 0) {
		restoring->done = true;
		return place_sync_directory(restoring->office) ||
		       error_set(err,
			       "The backup is in its place, but the disk did not confirm it (%s). Look "
			       "at the office before work goes on.",
			       strerror(errno));
	}
	error_set(err, "The backup could not get the name %s (%s), and nothing was replaced.",
		restoring->office, strerror(errno));
	if (restoring->replaced != NULL)
		unlink(restoring->replaced);
	return false;
}

static bool restore(
	struct restoring *restoring, const char *file, struct restored *restored, struct error *err)
{
	char *directory = place_directory(restoring->office);
	bool done;

	restoring->lock = directory_lock(directory, 0);
	free(directory);
	if (restoring->lock < 0 && errno == EWOULDBLOCK)
		return error_set(err,
			"Another backup is just being restored here. Wait until it is "
			"done, and look.");
	if (restoring->lock < 0)
		return error_set(err,
			"The directory of the office cannot be used (%s). Ask whoever looks after this "
			"computer for access to it.",
			strerror(errno));
	restoring->copy = place_beside(restoring->office, ".restoring");
	if (!copy_source(restoring, file, err))
		return false;
	if (!restoring->own && file_is_shared(&restoring->about))
		restoring->own = sums_have(restoring->office, restoring->copy);
	if (!check_copy(restoring, err))
		return false;
	if (restoring->exists && !hold_office(restoring, err))
		return false;
	compare_offices(restoring, restored);
	done = (!restoring->exists || mark_replaced(restoring, true, err)) &&
	       exchange(restoring, err);
	if (!restoring->done && restoring->exists)
		mark_replaced(restoring, false, NULL);
	return done;
}

bool backup_restore_with(const struct store_options *options, const struct embedded_file *files,
	const char *file, struct restored *restored, struct error *err)
{
	struct restoring restoring = {
		.office = options->path, .files = files, .lock = -1, .holder = {.file = -1}};
	bool done;

	*restored = (struct restored){0};
	if (file[0] == '\0')
		return error_set(
			err, "There is no name of a backup. `mso restore` alone lists them.");
	if (!file_identity(options, &restoring.identity, err))
		return false;
	done = look_at_place(&restoring, err) && restore(&restoring, file, restored, err);
	release_office(&restoring);
	if (restoring.copy != NULL && !restoring.done)
		file_remove_with_journals(restoring.copy);
	if (restoring.lock >= 0)
		close(restoring.lock);
	restored->source = restoring.source;
	restored->replaced = restoring.replaced;
	restored->doubt = restoring.doubt;
	restored->older = restoring.contents.version < migrate_newest(files);
	identity_end(&restoring.identity);
	free(restoring.copy);
	return done;
}

bool backup_restore(const struct store_options *options, const char *file,
	struct restored *restored, struct error *err)
{
	return backup_restore_with(options, embedded_files, file, restored, err);
}

void restored_free(struct restored *restored)
{
	free(restored->source);
	free(restored->replaced);
	free(restored->doubt);
}
