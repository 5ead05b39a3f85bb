/*
 * draft_crash.c - files of drafts that a dying program wrote with nothing but write(), and how they
 * come among the others. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/draft_parts.h"
#include "store/drafts.h"
#include "store/place.h"
#include "store/private.h"

enum { CRASH_MOST = 16 << 20 }; /* bytes: more was never typed */

char *draft_beside(const struct store *store, const char *name)
{
	char *directory = place_directory(store->path);
	struct buffer path = {0};

	buffer_format(&path, "%s%s%s", directory,
		directory[strlen(directory) - 1] == '/' ? "" : "/", name);
	free(directory);
	return buffer_take(&path);
}

/* "drafts-crash-LOGIN-"; false when the login cannot stand in a name. */
static bool stem(struct store *store, struct buffer *name)
{
	if (strchr(store_actor(store), '/') != NULL)
		return false;
	buffer_format(name, "drafts-crash-%s-", store_actor(store));
	return true;
}

char *drafts_crash_path(struct store *store, mode_t *mode)
{
	struct buffer name = {0};
	struct stat office;
	char *path = NULL;

	*mode = S_IRUSR | S_IWUSR;
	if (stat(store->path, &office) == 0)
		*mode |= office.st_mode & (S_IRGRP | S_IWGRP);
	if (stem(store, &name)) {
		buffer_format(&name, "%ld", (long)getpid());
		path = draft_beside(store, buffer_text(&name));
	}
	buffer_free(&name);
	return path;
}

/* ---- the form: each text by its length, so that anything may stand in it ---- */

static void add_text(struct buffer *out, const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	buffer_format(out, "%zu:", length);
	buffer_add_bytes(out, text != NULL ? text : "", length);
}

static const char *office_name(const struct store *store)
{
	const char *slash = strrchr(store->path, '/');

	return slash != NULL ? slash + 1 : store->path;
}

void drafts_crash_add(struct store *store, const struct draft *draft, struct buffer *out)
{
	char number[24];

	snprintf(number, sizeof number, "%lld", (long long)draft->number);
	add_text(out, number);
	add_text(out, office_name(store));
	add_text(out, draft->page);
	add_text(out, draft->type);
	add_text(out, draft->key);
	add_text(out, draft->title);
	add_text(out, draft->content);
	add_text(out, draft->known);
	buffer_add_char(out, '\n');
}

/* A copy of the next text, or NULL where the file ends or is none of these. */
static char *next_text(const char **at, const char *end)
{
	size_t length = 0;
	char *text;

	while (*at < end && isdigit((unsigned char)**at) && length < CRASH_MOST)
		length = length * 10 + (size_t)(*(*at)++ - '0');
	if (*at >= end || **at != ':' || length > (size_t)(end - *at) - 1)
		return NULL;
	text = memory_text_part(*at + 1, length);
	*at += 1 + length;
	return text;
}

/* The next one; false at the end, or where the disk took no more of it. */
static bool next_draft(const char **at, const char *end, struct draft *draft, char **office)
{
	char *number = next_text(at, end);

	*office = next_text(at, end);
	*draft = (struct draft){.number = number != NULL ? strtoll(number, NULL, 10) : 0};
	draft->page = next_text(at, end);
	draft->type = next_text(at, end);
	draft->key = next_text(at, end);
	draft->title = next_text(at, end);
	draft->content = next_text(at, end);
	draft->known = next_text(at, end);
	free(number);
	return draft->known != NULL && *at < end && *(*at)++ == '\n';
}

/* Keeps them as if they were typed now. False when one could not be kept. */
static bool take_all(struct store *store, const char *at, const char *end)
{
	struct draft draft;
	char *office;
	bool kept = true;

	while (kept && next_draft(&at, end, &draft, &office)) {
		if (strcmp(office, office_name(store)) == 0)
			kept = drafts_keep(store, &draft, NULL);
		draft_clear(&draft);
		free(office);
	}
	if (kept) {
		draft_clear(&draft);
		free(office);
	}
	return kept;
}

/* ---- the files ---- */

/* All of it; NULL where it is no plain file, another person's, or too large. Caller frees. */
static char *read_file(const char *path, size_t *length)
{
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat about;
	char *text = NULL;
	ssize_t got = 0;

	*length = 0;
	if (file < 0)
		return NULL;
	if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == getuid() &&
		about.st_size <= CRASH_MOST) {
		text = memory_new((size_t)about.st_size + 1);
		while (*length < (size_t)about.st_size &&
			(got = read(file, text + *length, (size_t)about.st_size - *length)) > 0)
			*length += (size_t)got;
	}
	close(file);
	return text;
}

static void take_file(struct store *store, const char *name)
{
	char *path = draft_beside(store, name);
	size_t length;
	char *text = read_file(path, &length);

	if (text != NULL && take_all(store, text, text + length))
		unlink(path);
	free(text);
	free(path);
}

/* A name of the actor's, of a program that runs no more. */
static bool is_left(const char *name, const char *beginning)
{
	size_t length = strlen(beginning);
	const char *digits = name + length;
	long process;
	char *end;

	if (strncmp(name, beginning, length) != 0 || !isdigit((unsigned char)*digits))
		return false;
	process = strtol(digits, &end, 10);
	return *end == '\0' && process > 0 && process < INT32_MAX && kill((pid_t)process, 0) != 0;
}

void drafts_take_crashed(struct store *store)
{
	struct buffer beginning = {0};
	char *directory = place_directory(store->path);
	DIR *files = stem(store, &beginning) ? opendir(directory) : NULL;
	struct dirent *file;

	while (files != NULL && (file = readdir(files)) != NULL)
		if (is_left(file->d_name, buffer_text(&beginning)))
			take_file(store, file->d_name);
	if (files != NULL)
		closedir(files);
	buffer_free(&beginning);
	free(directory);
}
