/*
 * command_backup.c - the commands backup and restore. GPL-3.0-or-later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "core/text.h"
#include "store/backup.h"
#include "store/bytes.h"
#include "store/privilege.h"
#include "store/user_file.h"

/* "1.2 MB" */
static void add_size(struct buffer *text, int64_t bytes)
{
	if (bytes < 1000000)
		buffer_format(text, "%lld kB", (long long)((bytes + 999) / 1000));
	else
		buffer_format(text, "%lld.%lld MB", (long long)(bytes / 1000000),
			(long long)(bytes / 100000 % 10));
}

/* ---- backup ---- */

/* Is it somewhere else than the copy that is made anyway? False with a sentence. */
static bool check_directory(const char *office, const char *directory, struct error *err)
{
	char *own = backup_directory(office);
	struct stat there, here;
	bool other = stat(own, &here) != 0 || stat(directory, &there) != 0 ||
		     !user_file_same(&here, &there);

	free(own);
	if (directory[0] == '\0')
		return error_set(err, "There is no name of a directory. `mso backup` alone makes a "
				      "backup beside the office.");
	return other ||
	       error_set(err,
		       "%s is where the office keeps its backups. `mso backup` alone makes "
		       "one there.",
		       directory);
}

/*
 * May the caller copy the office, to directory if it is not NULL? Root, who sets the clock that
 * makes backups, needs no account. False with a sentence.
 */
static bool may_back_up(
	const struct store_options *office, const char *directory, struct error *err)
{
	struct store_options keeper = *office;
	struct store *store;
	bool allowed;

	keeper.keeper = true;
	store = store_open(&keeper, err);
	if (store == NULL)
		return false;
	allowed = directory == NULL || getuid() == 0 || strcmp(store_role(store), "director") == 0;
	if (!allowed)
		error_set(err,
			"A copy of the whole office, private fields and all, leaves it only with the "
			"director. `mso backup` without a directory makes one that stays with it.");
	/* Closed before the backup: its own connection must be the only one of this process. */
	store_close(store);
	return allowed;
}

/* A copy of the checked one, with the rights of whoever asked, and theirs. */
static bool copy_to(
	const char *directory, const char *backup, struct buffer *path, struct error *err)
{
	struct user_file *file;
	int from = open(backup, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), failure;

	if (from < 0)
		return error_set(
			err, "The backup %s cannot be read (%s).", backup, strerror(errno));
	buffer_format(path, "%s%s", directory, strrchr(backup, '/'));
	file = user_file_new(NULL, buffer_text(path), false, err);
	if (file == NULL) {
		close(from);
		return false;
	}
	failure = bytes_copy(from, user_file_descriptor(file));
	close(from);
	return user_file_publish(file, failure, err);
}

static void say_made(const struct backup_made *made)
{
	struct buffer text = {0};

	buffer_format(&text, "Made and checked: %s (", made->path);
	add_size(&text, made->bytes);
	buffer_add(&text, ").");
	say_buffer(&text);
	buffer_format(&text, "Kept: %d backup%s, the oldest of %s", made->kept,
		made->kept == 1 ? "" : "s", made->oldest);
	if (made->removed > 0)
		buffer_format(&text, "; %d removed", made->removed);
	buffer_add(&text, ". The newest of each of the last 14 days and 12 months stays.");
	say_buffer(&text);
}

int command_backup(struct call *call)
{
	const char *directory = call->count > 0 ? call->arguments[0] : NULL;
	struct backup_made made;
	struct buffer path = {0};
	struct error err;
	bool copied = true;

	if ((directory != NULL && !check_directory(call->office.path, directory, &err)) ||
		!may_back_up(&call->office, directory, &err) ||
		!backup_make(&call->office, &made, &err))
		return call_refuse(&err);
	say_made(&made);
	if (directory != NULL)
		copied = copy_to(directory, made.path, &path, &err);
	if (directory != NULL && copied) {
		struct buffer text = {0};

		buffer_add(&text, "A copy of it is ");
		user_file_name(buffer_text(&path), &text);
		buffer_add(&text, ".");
		say_buffer(&text);
	}
	buffer_free(&path);
	free(made.path);
	return copied ? DONE : call_refuse(&err);
}

/* ---- restore ---- */

static int list_backups(const struct store_options *office)
{
	struct backups backups;
	struct buffer text = {0};
	struct error err;
	char when[20];

	if (!backups_list_all(office, &backups, &err))
		return call_refuse(&err);
	if (backups.count == 0)
		printf("There is no backup of this office yet. `mso backup` makes one.\n");
	for (size_t i = 0; i < backups.count; i++) {
		struct tm local;

		localtime_r(&backups.items[i].when, &local);
		strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
		buffer_format(&text, "%s  %s  ", when, backups.items[i].name);
		add_size(&text, backups.items[i].bytes);
		if (backups.items[i].before_migration)
			buffer_add(&text, "  before a new version");
		if (backups.items[i].future)
			buffer_add(&text, "  dated in the future");
		say_buffer(&text);
	}
	if (backups.count > 0)
		puts("\"mso restore NAME\" puts one of them in the place of the office.");
	backups_free(&backups);
	return DONE;
}

/* "added", "changed", "deleted" */
static const char *deed(const char *operation)
{
	if (strcmp(operation, "insert") == 0)
		return "added";
	return strcmp(operation, "delete") == 0 ? "deleted" : "changed";
}

static void say_change(const struct restore_change *change)
{
	const struct record_type *type = record_type_find(change->type);
	struct buffer text = {0};
	char when[20];

	buffer_format(&text, "  %s  %s %s %s %s", store_local_time(change->at, when), change->who,
		deed(change->operation), type != NULL ? type->label : change->type, change->key);
	say_buffer(&text);
}

static void say_newer(const struct restored *restored)
{
	if (!restored->compared) {
		puts("What is newer in it cannot be told, because it could not be read.");
		return;
	}
	if (restored->unused) {
		puts("It was new and empty.");
		return;
	}
	if (!restored->same_history) {
		puts("The two have different histories: the backup is no earlier state of the "
		     "office that it replaced. Look at both before work goes on.");
		return;
	}
	if (restored->newer == 0) {
		puts("Nothing in it is newer than the backup.");
		return;
	}
	printf("It has %lld change%s that the backup does not have%s\n", (long long)restored->newer,
		restored->newer == 1 ? "" : "s",
		restored->newer > restored->change_count ? "; the last of them, newest first:"
							 : ", newest first:");
	for (int i = 0; i < restored->change_count; i++)
		say_change(&restored->changes[i]);
}

static void say_restored(const struct store_options *office, const struct restored *restored)
{
	struct buffer text = {0};

	buffer_format(&text, "Restored and checked: %s, from %s.", office->path, restored->source);
	say_buffer(&text);
	if (restored->older)
		puts("It was made by an older mso: the director's next sign-in brings it up to "
		     "date.");
	if (restored->doubt != NULL) {
		buffer_format(&text, "Mind that %s: run `mso check` before work goes on.",
			restored->doubt);
		say_buffer(&text);
	}
	if (restored->replaced == NULL)
		return;
	buffer_format(&text, "What was there before is kept as %s.", restored->replaced);
	say_buffer(&text);
	say_newer(restored);
}

int command_restore(struct call *call)
{
	struct restored restored;
	struct error err;
	bool done;

	if (call->office.as != NULL)
		return call_misused(call, "restoring is for whoever the office file belongs to; "
					  "leave --as away.");
	if (call->count == 0) {
		/* Root restores an office that is lost, too. */
		if (privilege_shared() && getuid() != 0 && !may_back_up(&call->office, NULL, &err))
			return call_refuse(&err);
		return list_backups(&call->office);
	}
	done = backup_restore(&call->office, call->arguments[0], &restored, &err);
	call->saved = done;
	if (done)
		say_restored(&call->office, &restored);
	restored_free(&restored);
	return done ? DONE : call_refuse(&err);
}
