/*
 * user_file.c - people's files, opened with their own rights. The rights are lent only around the
 * calls that take a path; what is open is read and written as it is. GPL-3.0-or-later.
 */
#include "store/user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/place.h"
#include "store/privilege.h"
#include "store/store.h"

#define FOLDER "mso-exports"

struct user_file {
	int descriptor;
	char *path;    /* as it was given */
	char *place;   /* where the file belongs */
	char *written; /* where it is until then */
	bool replace;
};

/* ---- the folder of --restricted ---- */

const char *user_file_folder(void)
{
	static char *folder;
	const char *home = getenv("HOME");
	struct buffer path = {0};

	if (!privilege_restricted())
		return NULL;
	if (folder != NULL)
		return folder;
	buffer_format(&path, "%s/" FOLDER, home != NULL && home[0] == '/' ? home : "");
	folder = buffer_take(&path);
	privilege_user_begin();
	mkdir(folder, 0700);
	privilege_user_end();
	return folder;
}

/* What follows the folder, where the path has it in front. */
static const char *within_folder(const char *path)
{
	const char *folder = user_file_folder();
	size_t length = folder == NULL ? 0 : strlen(folder);

	if (length > 0 && strncmp(path, folder, length) == 0 && path[length] == '/')
		return path + length + 1;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return path;
}

void user_file_name(const char *path, struct buffer *name)
{
	if (user_file_folder() != NULL)
		buffer_format(name, "%s/%s", user_file_folder(), within_folder(path));
	else
		buffer_add(name, path);
}

/* No part of it leads up, and it does not begin at the root. */
static bool stays_below(const char *path)
{
	if (path[0] == '/')
		return false;
	for (const char *part = path; *part != '\0'; part += strspn(part, "/")) {
		size_t length = strcspn(part, "/");

		if (length == 2 && strncmp(part, "..", 2) == 0)
			return false;
		part += length;
	}
	return path[0] != '\0';
}

static bool refuse_outside(const char *path, struct error *err)
{
	return error_set(err,
		"%s is outside %s, and here files are only in there. Give the name of a file alone, "
		"such as clients.csv.",
		path, user_file_folder());
}

/* The path as it is opened; caller frees. NULL with a sentence when it leads out of the folder. */
static char *find_path(const char *path, struct error *err)
{
	const char *folder = user_file_folder();
	struct buffer whole = {0};
	char *above, *real, *top;
	bool below;

	if (folder == NULL)
		return memory_text(path);
	if (!stays_below(within_folder(path))) {
		refuse_outside(path, err);
		return NULL;
	}
	buffer_format(&whole, "%s/%s", folder, within_folder(path));
	/* A link may lead out of the folder, too. */
	above = place_directory(buffer_text(&whole));
	privilege_user_begin();
	top = realpath(folder, NULL);
	real = realpath(buffer_text(&whole), NULL);
	if (real == NULL)
		real = realpath(above, NULL);
	privilege_user_end();
	below = top == NULL || real == NULL ||
		(strncmp(real, top, strlen(top)) == 0 && strchr("/", real[strlen(top)]) != NULL);
	free(above);
	free(real);
	free(top);
	if (below)
		return buffer_take(&whole);
	buffer_free(&whole);
	refuse_outside(path, err);
	return NULL;
}

bool user_file_same(const struct stat *left, const struct stat *right)
{
	return left->st_dev == right->st_dev && left->st_ino == right->st_ino;
}

/* ---- what belongs to the office ---- */

static bool is_same_file(const char *path, const struct stat *about)
{
	struct stat other;

	return stat(path, &other) == 0 && user_file_same(&other, about);
}

/* By the file itself, not by its name: links lead there, too. */
static bool is_office(struct store *store, const struct stat *about)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	struct buffer drafts = {0};
	const char *files[2];
	char *folder;
	bool same = false;

	if (store == NULL)
		return false;
	/* In the shared office everything of its group: backups and drafts as well. */
	if (privilege_shared() && about->st_gid == getegid() && getegid() != getgid())
		return true;
	folder = place_directory(store_path(store));
	buffer_format(&drafts, "%s/drafts.db", folder);
	files[0] = store_path(store);
	files[1] = buffer_text(&drafts);
	for (size_t i = 0; i < 8 && !same; i++) {
		char *path = place_beside(files[i / 4], suffixes[i % 4]);

		same = is_same_file(path, about);
		free(path);
	}
	free(folder);
	buffer_free(&drafts);
	return same;
}

/* ---- reading ---- */

/* openat2() as the kernel takes it; the C library has none. */
enum { OPENAT2 = 437, NO_MAGICLINKS = 2 };
struct how {
	uint64_t flags, mode, resolve;
};

static int open_reading(const char *path, int flags)
{
	struct how how = {.flags = (unsigned)flags, .resolve = NO_MAGICLINKS};
	int file;

	/* A private file keeps nothing from its owner, and the shell's <(...) is such a link. */
	if (!privilege_shared())
		return open(path, flags);
	file = (int)syscall(OPENAT2, AT_FDCWD, path, &how, sizeof how);
	/* Older kernels have no such call: then no link at all, to be sure. */
	if (file < 0 && (errno == ENOSYS || errno == EPERM))
		file = open(path, flags | O_NOFOLLOW);
	return file;
}

/* What the kernel tells the office's program about itself, such as where its memory lies. */
static bool is_of_kernel(int file)
{
	struct statfs about;

	return privilege_shared() && fstatfs(file, &about) == 0 && about.f_type == PROC_SUPER_MAGIC;
}

static bool check_kind(const char *path, const struct stat *about, struct error *err)
{
	if (S_ISDIR(about->st_mode))
		return error_set(err, "%s is a directory. Name the file in it.", path);
	if (privilege_shared() && !S_ISREG(about->st_mode))
		return error_set(err,
			"%s is no ordinary file. Name a CSV file, or - for standard input.", path);
	if (!S_ISREG(about->st_mode) && !S_ISFIFO(about->st_mode))
		return error_set(err, "%s is neither a file nor a pipe.", path);
	return true;
}

static bool check_reading(
	struct store *store, const char *path, const struct stat *about, struct error *err)
{
	if (is_office(store, about))
		return error_set(err, "%s is the office file itself, not a CSV file.", path);
	return check_kind(path, about, err);
}

static bool look(const char *path, struct stat *about)
{
	bool found;

	privilege_user_begin();
	found = stat(path, about) == 0;
	privilege_user_end();
	return found;
}

static int open_found(struct store *store, const char *place, const char *path, struct error *err)
{
	struct stat about, opened;
	int file;

	if (!look(place, &about)) {
		if (errno == ENOENT)
			error_set(err,
				"%s cannot be read: there is no such file. See how its name is "
				"written, and in which directory it is.",
				path);
		else
			error_set(err, "%s cannot be read: %s.", path, strerror(errno));
		return -1;
	}
	/* Before it is opened: closing the office file again would drop SQLite's locks on it. */
	if (!check_reading(store, path, &about, err))
		return -1;
	privilege_user_begin();
	file = open_reading(
		place, O_RDONLY | O_CLOEXEC | O_NOCTTY | (S_ISREG(about.st_mode) ? O_NONBLOCK : 0));
	privilege_user_end();
	if (file < 0) {
		error_set(err, "%s cannot be read: %s.", path,
			errno == ELOOP ? "it is a link to something that is no file"
				       : strerror(errno));
		return -1;
	}
	if (is_of_kernel(file)) {
		close(file);
		error_set(err, "%s is no ordinary file. Name a CSV file, or - for standard input.",
			path);
		return -1;
	}
	if (fstat(file, &opened) == 0 && user_file_same(&opened, &about))
		return file;
	/* It stays open, in case that it is the office file now. */
	error_set(err, "%s was replaced just while it was opened. Try again.", path);
	return -1;
}

int user_file_open(struct store *store, const char *path, struct error *err)
{
	char *place = find_path(path, err);
	int file = place == NULL ? -1 : open_found(store, place, path, err);

	free(place);
	return file;
}

bool user_file_look(const char *path, struct stat *about)
{
	char *place = find_path(path, NULL);
	bool found = place != NULL && look(place, about);

	free(place);
	return found;
}

bool user_file_waits(const char *path)
{
	struct stat about;

	if (strcmp(path, "-") == 0)
		return true;
	return user_file_folder() == NULL && look(path, &about) && S_ISFIFO(about.st_mode);
}

/* ---- writing ---- */

/* Does a file that is to be replaced hold a database, such as a backup of the office? */
static bool is_database(const char *path)
{
	char start[16] = "";
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool database = file >= 0 && read(file, start, sizeof start) == (ssize_t)sizeof start &&
			memcmp(start, "SQLite format 3", sizeof start) == 0;

	if (file >= 0)
		close(file);
	return database;
}

/* With the person's rights: may what is there be replaced? */
static bool check_replaced(const char *place, const char *path, const struct stat *about,
	bool replace, struct error *err)
{
	if (S_ISDIR(about->st_mode))
		return error_set(err,
			"%s is a directory. Name a file in it, such as %s/clients.csv.", path,
			path);
	if (!S_ISREG(about->st_mode))
		return error_set(err,
			"%s is no ordinary file. Leave -o away to write to standard output.", path);
	if (!replace)
		return error_set(err, "%s is there already; give another name.", path);
	if (is_database(place))
		return error_set(err,
			"%s is a database, perhaps a backup of the office. Give the file another name.",
			path);
	return true;
}

/*
 * Where the file goes: a link is followed, so that it stays a link. NULL with a sentence for a
 * directory, a device, a file of the office and whatever else a rename would destroy.
 */
static char *real_place(
	struct store *store, const char *given, const char *path, bool replace, struct error *err)
{
	struct stat about;
	size_t length = strlen(given);
	char *place;
	bool fit;

	privilege_user_begin();
	place = realpath(given, NULL);
	fit = place != NULL && stat(place, &about) == 0;
	privilege_user_end();
	if (!fit) {
		free(place);
		if (errno == ENOENT && length > 0 && given[length - 1] != '/')
			return memory_text(given);
		error_set(err, "%s cannot be written: %s. Choose a directory you may write to.",
			path, strerror(errno));
		return NULL;
	}
	if (is_office(store, &about)) {
		fit = error_set(
			err, "%s is the office file itself. Give the file another name.", path);
	} else {
		privilege_user_begin();
		fit = check_replaced(place, path, &about, replace, err);
		privilege_user_end();
	}
	if (fit)
		return place;
	free(place);
	return NULL;
}

static bool make_file(struct user_file *file, struct error *err)
{
	struct buffer beside = {0};
	char *directory = place_directory(file->place);

	buffer_format(&beside, "%s/.mso-export-XXXXXX", directory);
	free(directory);
	file->written = buffer_take(&beside);
	privilege_user_begin();
	file->descriptor = mkostemp(file->written, O_CLOEXEC);
	privilege_user_end();
	if (file->descriptor >= 0)
		return true;
	free(file->written);
	file->written = NULL;
	return error_set(err, "%s cannot be written: %s. Choose a directory you may write to.",
		file->path, strerror(errno));
}

struct user_file *user_file_new(
	struct store *store, const char *path, bool replace, struct error *err)
{
	struct user_file *file = memory_new(sizeof *file);
	char *given = find_path(path, err);

	file->path = memory_text(path);
	file->replace = replace;
	file->descriptor = -1;
	if (given != NULL)
		file->place = real_place(store, given, path, replace, err);
	free(given);
	if (file->place != NULL && make_file(file, err))
		return file;
	user_file_abandon(file);
	return NULL;
}

int user_file_descriptor(const struct user_file *file)
{
	return file->descriptor;
}

void user_file_abandon(struct user_file *file)
{
	if (file == NULL)
		return;
	if (file->descriptor >= 0)
		close(file->descriptor);
	if (file->written != NULL) {
		privilege_user_begin();
		unlink(file->written);
		privilege_user_end();
	}
	free(file->written);
	free(file->place);
	free(file->path);
	free(file);
}

/* With the person's rights. The name itself is safe only when its directory is. */
static bool give_name(const struct user_file *file)
{
	bool named = file->replace ? rename(file->written, file->place) == 0
				   : place_give_name(file->written, file->place);

	/* The file is whole and has its name: a directory that cannot be synced is no failure. */
	if (named)
		place_sync_directory(file->place);
	return named;
}

bool user_file_publish(struct user_file *file, int failure, struct error *err)
{
	if (failure == 0 && fsync(file->descriptor) != 0)
		failure = errno;
	if (failure == 0) {
		privilege_user_begin();
		if (!give_name(file))
			failure = errno;
		privilege_user_end();
	}
	if (failure == EEXIST)
		error_set(err, "%s is there already; give another name.", file->path);
	else if (failure != 0)
		error_set(err, "%s could not be written: %s. Nothing was left behind.", file->path,
			strerror(failure));
	if (failure == 0) {
		free(file->written);
		file->written = NULL;
	}
	user_file_abandon(file);
	return failure == 0;
}

bool user_file_make_folder(const char *path, struct error *err)
{
	char *place = find_path(path, err);
	bool made;

	if (place == NULL)
		return false;
	privilege_user_begin();
	made = mkdir(place, 0700) == 0 || errno == EEXIST;
	privilege_user_end();
	free(place);
	return made ||
	       error_set(err, "The directory %s cannot be made: %s.", path, strerror(errno));
}
