/*
 * backup_sums.c - by what the backups of an office are known when they come back from elsewhere.
 * GPL-3.0-or-later.
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
#include "store/hash.h"

enum { CHUNK = 262144, SUM_TEXT = 2 * HASH_BYTES + 1 };

/* Nobody takes it for a backup, nor lists it with them. */
static char *path_of(const char *office)
{
	char *directory = backup_directory(office), *stem = backup_stem(office);
	struct buffer path = {0};

	buffer_format(&path, "%s/.%s.sha256", directory, stem);
	free(directory);
	free(stem);
	return buffer_take(&path);
}

static bool add_file(struct hash *hash, int file)
{
	char *bytes = memory_new(CHUNK);
	ssize_t length;

	while ((length = read(file, bytes, CHUNK)) > 0 || (length < 0 && errno == EINTR))
		hash_bytes(hash, bytes, length > 0 ? (size_t)length : 0);
	free(bytes);
	return length == 0;
}

/* False with errno. No connection may have the file open: closing it drops the locks on it. */
static bool sum_of(const char *path, char out[SUM_TEXT])
{
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), reason;
	unsigned char sum[HASH_BYTES];
	struct hash hash;
	bool whole;

	if (file < 0)
		return false;
	hash_start(&hash);
	whole = add_file(&hash, file);
	reason = errno;
	close(file);
	hash_end(&hash, sum);
	hash_digits(sum, HASH_BYTES, out);
	errno = reason;
	return whole;
}

/* To be written at the end. A descriptor, or -1 with errno. */
static int open_sums(const char *office, const struct stat *about)
{
	char *path = path_of(office);
	int file = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);

	if (file < 0 && errno == ENOENT)
		file = file_make(path, about);
	free(path);
	return file;
}

bool sums_add(const char *office, const char *file, const char *name, const struct stat *about)
{
	struct buffer line = {0};
	char sum[SUM_TEXT];
	int sums, reason;

	if (!sum_of(file, sum) || (sums = open_sums(office, about)) < 0)
		return false;
	buffer_format(&line, "%s  %s\n", sum, name);
	reason = bytes_write(sums, buffer_text(&line), line.length);
	if (reason == 0 && fsync(sums) != 0)
		reason = errno;
	close(sums);
	buffer_free(&line);
	errno = reason;
	return reason == 0;
}

bool sums_have(const char *office, const char *file)
{
	char *path = path_of(office), *line = NULL, sum[SUM_TEXT];
	FILE *sums = fopen(path, "re");
	bool known = sums != NULL && sum_of(file, sum), found = false;
	size_t size = 0;

	free(path);
	/* Anywhere in the line: a full disk may have cut the one before it. */
	while (known && !found && getline(&line, &size, sums) >= 0)
		found = strstr(line, sum) != NULL;
	free(line);
	if (sums != NULL)
		fclose(sums);
	return found;
}
