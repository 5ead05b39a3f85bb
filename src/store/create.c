/*
 * create.c - makes a new office beside its place, and gives it its name when it is complete, so
 * that nobody ever opens half an office. GPL-3.0-or-later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/migrate.h"
#include "store/place.h"
#include "store/private.h"

static bool exists(const char *path)
{
	struct stat about;

	return lstat(path, &about) == 0;
}

static void remove_with_journals(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *file = place_beside(path, suffixes[i]);

		unlink(file);
		free(file);
	}
}

/* A journal left of a removed office would be replayed over the new one. */
static bool check_leftovers(const char *path, struct error *err)
{
	static const char *const suffixes[] = {"-wal", "-journal"};
	bool clean = true;

	for (size_t i = 0; clean && i < sizeof suffixes / sizeof *suffixes; i++) {
		char *file = place_beside(path, suffixes[i]);

		if (exists(file))
			clean = error_set(err,
				"%s is left of an office that is gone, and SQLite would mix it into the "
				"new one. Move it away, then make the office again.",
				file);
		free(file);
	}
	return clean;
}

static bool check_place(const char *path, struct error *err)
{
	char *directory = place_directory(path);
	bool fit;

	if (exists(path))
		fit = error_set(err,
			"There is already something at %s, and it stays as it is. Open it with `mso`, or "
			"give another path.",
			path);
	else
		fit = place_is_new(path, err) && place_make_directory(path, err) &&
		      place_is_local(directory, err) && check_leftovers(path, err);
	free(directory);
	return fit;
}

/*
 * Makes the empty file, and keeps it locked as long as it is being built: a second `mso init`
 * must not take it for one that a crash left behind. Closing the descriptor would drop SQLite's
 * own locks, so it stays open until the connection is closed.
 */
static bool make_locked_file(struct store *store, struct error *err)
{
	int stale;

	store->built_file = place_make_file(store->built, O_EXCL | O_NOFOLLOW);
	if (store->built_file < 0 && errno == EEXIST) {
		stale = open(store->built, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
		if (stale >= 0 && flock(stale, LOCK_EX | LOCK_NB) == 0) {
			remove_with_journals(store->built);
			store->built_file = place_make_file(store->built, O_EXCL | O_NOFOLLOW);
		}
		if (stale >= 0)
			close(stale);
	}
	if (store->built_file >= 0 && flock(store->built_file, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno == EEXIST || errno == EWOULDBLOCK)
		return error_set(err,
			"Another mso is just making an office at %s. Wait until it is done.",
			store->path);
	return error_set(err,
		"No file can be made at %s (%s). Give a path in a directory that you may write.",
		store->built, strerror(errno));
}

static bool build(struct store *store, const struct embedded_file *files, struct error *err)
{
	if (!check_place(store->path, err))
		return false;
	store->built = place_beside(store->path, ".new");
	if (!make_locked_file(store, err) ||
		!migrate(store->built, files, &store->identity, store->identity.actor, err))
		return false;
	store->db = connection_open(store->built, true, &store->identity, err);
	return store->db != NULL && connection_settle(store->db, true, err) &&
	       store_read_role(store, err) && authorizer_start(store, err);
}

struct store *store_create_with(
	const struct store_options *options, const struct embedded_file *files, struct error *err)
{
	struct store *store = memory_new(sizeof *store);

	store->path = memory_text(options->path);
	store->built_file = -1;
	store->version = migrate_newest(files);
	if (identity_start(&store->identity, options->director, options->today, err) &&
		build(store, files, err))
		return store;
	store_close(store);
	return NULL;
}

struct store *store_create(const struct store_options *options, struct error *err)
{
	return store_create_with(options, embedded_files, err);
}

bool store_publish(struct store *store, struct error *err)
{
	char *journal;
	bool complete;

	if (store->built == NULL || store->depth > 0)
		fatal("an office is published that is not being made, or in a transaction");
	store_disconnect(store);
	/* SQLite removes its journal only after all of it is in the file. */
	journal = place_beside(store->built, "-wal");
	complete = !exists(journal);
	free(journal);
	if (!complete || fsync(store->built_file) != 0)
		return error_set(err,
			"The new office could not be written to the disk (%s). See that the "
			"disk is not full, then make it again.",
			complete ? strerror(errno) : "its journal stayed behind");
	if (!check_leftovers(store->path, err))
		return false;
	if (!place_give_name(store->built, store->path)) {
		if (errno == EEXIST)
			return error_set(err,
				"Meanwhile there is something else at %s, and it stays as it is. Open it with "
				"`mso`, or give another path.",
				store->path);
		return error_set(err, "The new office could not get its name %s (%s).", store->path,
			strerror(errno));
	}
	close(store->built_file);
	store->built_file = -1;
	free(store->built);
	store->built = NULL;
	return place_sync_directory(store->path) ||
	       error_set(err, "The office is at %s, but the disk did not confirm its name (%s).",
		       store->path, strerror(errno));
}

void create_abandon(struct store *store)
{
	if (store->built == NULL)
		return;
	/* Without a descriptor the file belongs to another mso. */
	if (store->built_file >= 0) {
		remove_with_journals(store->built);
		close(store->built_file);
	}
	free(store->built);
	store->built = NULL;
}
