/*
 * backup_names.c - which copies of an office there are, and which of them are kept: all by their
 * names. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/backup_parts.h"
#include "store/place.h"

enum { DAYS_KEPT = 14, MONTHS_KEPT = 12, DAY_LETTERS = 10, MONTH_LETTERS = 7, A_DAY = 86400 };

char *backup_directory(const char *office)
{
	char *place = place_directory(office);
	char *directory = place_beside(place, strcmp(place, "/") == 0 ? "backups" : "/backups");

	free(place);
	return directory;
}

char *backup_stem(const char *office)
{
	const char *slash = strrchr(office, '/');
	const char *name = slash != NULL ? slash + 1 : office;
	size_t length = strlen(name);

	if (length > 3 && strcmp(name + length - 3, ".db") == 0)
		length -= 3;
	return memory_text_part(name, length);
}

char *backup_name(const char *office, const char *instant, const char *head)
{
	char *stem = backup_stem(office);
	struct buffer name = {0};

	/* "2026-11-21T14:03:00Z" without colons, which some file systems do not take. */
	buffer_format(&name, "%s-%.13s%.2s%.3s%s%s.db", stem, instant, instant + 14, instant + 17,
		*head != '\0' ? "-" : "", head);
	free(stem);
	return buffer_take(&name);
}

/* Are the characters digits where the pattern has 0, and its own elsewhere? Gives what follows. */
static const char *past(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++) {
		if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern)
			return NULL;
	}
	return text;
}

static bool read_instant(const char *text, time_t *when)
{
	struct tm utc = {0};
	char date[DATE_TEXT];

	snprintf(date, sizeof date, "%.10s", text);
	if (!date_valid(date) ||
		sscanf(text, "%4d-%2d-%2dT%2d%2d%2d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
			&utc.tm_hour, &utc.tm_min, &utc.tm_sec) != 6 ||
		utc.tm_hour > 23 || utc.tm_min > 59 || utc.tm_sec > 60)
		return false;
	utc.tm_year -= 1900;
	utc.tm_mon -= 1;
	*when = timegm(&utc);
	return true;
}

/* What follows "schema-8-" in the name of a copy from before a migration; else NULL. */
static const char *past_schema(const char *text)
{
	size_t digits;

	if (strncmp(text, "schema-", 7) != 0)
		return NULL;
	digits = strspn(text + 7, "0123456789");
	return digits > 0 && text[7 + digits] == '-' ? text + 7 + digits + 1 : NULL;
}

static bool read_name(const char *office, const char *name, bool *before_migration, time_t *when)
{
	char *stem = backup_stem(office);
	size_t length = strlen(stem);
	bool own = strncmp(name, stem, length) == 0 && name[length] == '-';
	const char *instant = own ? past_schema(name + length + 1) : NULL, *rest;

	free(stem);
	*before_migration = instant != NULL;
	if (own && instant == NULL)
		instant = name + length + 1;
	if (!own || (rest = past(instant, "0000-00-00T000000Z")) == NULL)
		return false;
	if (*rest == '-') {
		if (strspn(rest + 1, "0123456789abcdef") != BACKUP_HEAD_TEXT - 1)
			return false;
		rest += BACKUP_HEAD_TEXT;
	}
	return strcmp(rest, ".db") == 0 && read_instant(instant, when);
}

bool backup_name_read(const char *office, const char *name, time_t *when)
{
	bool before_migration;

	return read_name(office, name, &before_migration, when) && !before_migration;
}

/* ---- listing ---- */

static int newest_first(const void *left, const void *right)
{
	const struct backup *one = left, *other = right;

	if (one->future != other->future)
		return one->future ? 1 : -1;
	if (one->when != other->when)
		return one->when < other->when ? 1 : -1;
	return strcmp(other->name, one->name);
}

static void add_backup(struct backups *backups, const struct backup *backup)
{
	backups->items =
		memory_resize(backups->items, (backups->count + 1) * sizeof *backups->items);
	backups->items[backups->count] = *backup;
	backups->items[backups->count++].name = memory_text(backup->name);
}

/* Adds those of a directory. */
static void read_directory(
	const char *office, time_t now, DIR *directory, bool all, struct backups *backups)
{
	struct dirent *entry;
	struct stat about;

	while ((entry = readdir(directory)) != NULL) {
		struct backup backup = {.name = entry->d_name};

		if (!read_name(office, backup.name, &backup.before_migration, &backup.when) ||
			(backup.before_migration && !all) ||
			fstatat(dirfd(directory), backup.name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
			!S_ISREG(about.st_mode))
			continue;
		backup.bytes = about.st_size;
		backup.future = backup.when > now + A_DAY;
		add_backup(backups, &backup);
	}
	if (backups->count > 0)
		qsort(backups->items, backups->count, sizeof *backups->items, newest_first);
}

static bool list(
	const char *office, time_t now, bool all, struct backups *backups, struct error *err)
{
	char *path = backup_directory(office);
	DIR *directory = opendir(path);
	bool fine = directory != NULL || errno == ENOENT;

	*backups = (struct backups){0};
	if (directory != NULL) {
		read_directory(office, now, directory, all, backups);
		closedir(directory);
	} else if (!fine) {
		error_set(err,
			"The backups in %s cannot be listed (%s). Ask whoever looks after this "
			"computer for access to them.",
			path, strerror(errno));
	}
	free(path);
	return fine;
}

void backups_list(const char *office, time_t now, struct backups *backups)
{
	list(office, now, false, backups, NULL);
}

bool backups_list_all(
	const struct store_options *options, struct backups *backups, struct error *err)
{
	struct identity identity;
	time_t now;

	*backups = (struct backups){0};
	if (!file_identity(options, &identity, err))
		return false;
	now = backup_now(&identity);
	identity_end(&identity);
	return list(options->path, now, true, backups, err);
}

time_t backup_now(const struct identity *identity)
{
	time_t now = 0;

	instant_read(identity->now, &now);
	return now;
}

void backups_free(struct backups *backups)
{
	for (size_t i = 0; i < backups->count; i++)
		free(backups->items[i].name);
	free(backups->items);
	*backups = (struct backups){0};
}

bool backup_is_of(const char *office, const char *today)
{
	struct backups backups;
	char day[DATE_TEXT];
	bool found = false;

	backups_list(office, time(NULL), &backups);
	for (size_t i = 0; i < backups.count && !found; i++) {
		date_from_time(backups.items[i].when, day);
		found = strcmp(day, today) == 0;
	}
	backups_free(&backups);
	return found;
}

bool backup_newest(const char *office, time_t now, time_t *when)
{
	struct backups backups;
	bool found = false;

	backups_list(office, now, &backups);
	for (size_t i = 0; !found && i < backups.count; i++) {
		*when = backups.items[i].when;
		found = *when <= now;
	}
	backups_free(&backups);
	return found;
}

char *backup_newest_path(const char *office)
{
	struct backups backups;
	struct buffer path = {0};
	char *directory = backup_directory(office);

	list(office, time(NULL), true, &backups, NULL);
	if (backups.count > 0)
		buffer_format(&path, "%s/%s", directory, backups.items[0].name);
	free(directory);
	backups_free(&backups);
	return path.length > 0 ? buffer_take(&path) : NULL;
}

/* ---- keeping ---- */

/*
 * Of each of the first most periods that the list has, newest first, keeps the newest: periods are
 * local days or months, told apart by so many letters of an ISO date.
 */
static void keep_newest_of(struct backups *backups, int letters, int most)
{
	char last[DATE_TEXT] = "", day[DATE_TEXT];

	for (size_t i = 0; i < backups->count; i++) {
		if (backups->items[i].future)
			continue;
		date_from_time(backups->items[i].when, day);
		day[letters] = '\0';
		if (strcmp(day, last) == 0)
			continue;
		if (most-- == 0)
			return;
		memcpy(last, day, sizeof last);
		backups->items[i].kept = true;
	}
}

void backups_keep(struct backups *backups)
{
	for (size_t i = 0; i < backups->count; i++)
		backups->items[i].kept = backups->items[i].future;
	keep_newest_of(backups, DAY_LETTERS, DAYS_KEPT);
	keep_newest_of(backups, MONTH_LETTERS, MONTHS_KEPT);
}
