/*
 * csv_writer.c - CSV cells through a large buffer to standard output or to a file that appears
 * only when it is whole. GPL-3.0-or-later.
 */
#include "csv/csv_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "csv/csv_guard.h"

enum { ROOM = 1 << 20 };

struct csv_writer {
	int file;
	char *place;   /* where the file belongs; NULL: standard output */
	char *written; /* where it is until then */
	bool raw;
	bool row_began;
	int failure; /* errno of the first write that failed, or 0 */
	size_t used;
	char room[ROOM];
};

/* ---- bytes ---- */

static void write_out(struct csv_writer *writer, const char *bytes, size_t length)
{
	while (length > 0 && writer->failure == 0) {
		ssize_t count = write(writer->file, bytes, length);

		if (count >= 0) {
			bytes += count;
			length -= (size_t)count;
		} else if (errno != EINTR) {
			writer->failure = errno;
		}
	}
}

static void flush(struct csv_writer *writer)
{
	write_out(writer, writer->room, writer->used);
	writer->used = 0;
}

static void add(struct csv_writer *writer, const char *bytes, size_t length)
{
	if (length > ROOM - writer->used)
		flush(writer);
	if (length > ROOM) {
		write_out(writer, bytes, length);
		return;
	}
	memcpy(writer->room + writer->used, bytes, length);
	writer->used += length;
}

static void add_char(struct csv_writer *writer, char c)
{
	if (writer->used == ROOM)
		flush(writer);
	writer->room[writer->used++] = c;
}

/* ---- cells ---- */

static void begin_cell(struct csv_writer *writer)
{
	if (writer->row_began)
		add_char(writer, ',');
	writer->row_began = true;
}

void csv_writer_text(struct csv_writer *writer, const char *text, size_t length, bool guard)
{
	const char *quote;

	begin_cell(writer);
	if (length == 0)
		return;
	add_char(writer, '"');
	if (guard && !writer->raw && csv_guard_needed(text))
		add_char(writer, '\'');
	while ((quote = memchr(text, '"', length)) != NULL) {
		size_t before = (size_t)(quote - text) + 1;

		add(writer, text, before);
		add_char(writer, '"');
		text += before;
		length -= before;
	}
	add(writer, text, length);
	add_char(writer, '"');
}

void csv_writer_number(struct csv_writer *writer, const char *text, size_t length)
{
	begin_cell(writer);
	add(writer, text, length);
}

void csv_writer_end_row(struct csv_writer *writer)
{
	add(writer, "\r\n", 2);
	writer->row_began = false;
}

bool csv_writer_stopped(const struct csv_writer *writer)
{
	return writer->failure != 0;
}

/* ---- the file ---- */

/*
 * Where the file goes: a link is followed, so that it stays a link. NULL with a sentence for a
 * directory, a device and whatever else a rename would destroy.
 */
static char *real_place(const char *path, struct error *err)
{
	struct stat about;
	char *place = realpath(path, NULL);

	if (place == NULL) {
		size_t length = strlen(path);

		if (errno == ENOENT && length > 0 && path[length - 1] != '/')
			return memory_text(path);
		error_set(err, "%s cannot be written: %s.", path, strerror(errno));
		return NULL;
	}
	if (stat(place, &about) != 0)
		error_set(err, "%s cannot be written: %s.", path, strerror(errno));
	else if (S_ISDIR(about.st_mode))
		error_set(err, "%s is a directory. Name a file in it, such as %s/clients.csv.",
			path, path);
	else if (!S_ISREG(about.st_mode))
		error_set(err, "%s is no ordinary file. Leave -o away to write to standard output.",
			path);
	else
		return place;
	free(place);
	return NULL;
}

static char *directory_of(const char *path)
{
	char *copy = memory_text(path);
	char *directory = memory_text(dirname(copy));

	free(copy);
	return directory;
}

static bool open_file(struct csv_writer *writer, const char *path, struct error *err)
{
	struct buffer beside = {0};
	char *directory;

	writer->place = real_place(path, err);
	if (writer->place == NULL)
		return false;
	directory = directory_of(writer->place);
	buffer_format(&beside, "%s/.mso-export-XXXXXX", directory);
	free(directory);
	writer->written = buffer_take(&beside);
	writer->file = mkostemp(writer->written, O_CLOEXEC);
	if (writer->file >= 0)
		return true;
	error_set(err, "%s cannot be written: %s. Choose a directory you may write to.", path,
		strerror(errno));
	free(writer->written);
	writer->written = NULL;
	return false;
}

struct csv_writer *csv_writer_new(const char *path, bool raw, struct error *err)
{
	struct csv_writer *writer = memory_new(sizeof *writer);

	writer->raw = raw;
	writer->file = STDOUT_FILENO;
	if (path != NULL && !open_file(writer, path, err)) {
		csv_writer_abandon(writer);
		return NULL;
	}
	if (!raw)
		add(writer, "\xef\xbb\xbf", 3);
	return writer;
}

void csv_writer_abandon(struct csv_writer *writer)
{
	if (writer == NULL)
		return;
	if (writer->written != NULL) {
		close(writer->file);
		unlink(writer->written);
	}
	free(writer->written);
	free(writer->place);
	free(writer);
}

/* The name itself is safe only when its directory is. */
static void sync_directory(const char *place)
{
	char *directory = directory_of(place);
	int file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (file >= 0) {
		fsync(file);
		close(file);
	}
	free(directory);
}

static bool publish(struct csv_writer *writer, struct error *err)
{
	if (writer->failure == 0 && fsync(writer->file) != 0)
		writer->failure = errno;
	if (writer->failure == 0 && rename(writer->written, writer->place) != 0)
		writer->failure = errno;
	if (writer->failure != 0)
		return error_set(err, "%s could not be written: %s. Nothing was left behind.",
			writer->place, strerror(writer->failure));
	close(writer->file);
	free(writer->written);
	writer->written = NULL;
	sync_directory(writer->place);
	return true;
}

bool csv_writer_finish(struct csv_writer *writer, struct error *err)
{
	bool ok = true;

	flush(writer);
	if (writer->place != NULL)
		ok = publish(writer, err);
	else if (writer->failure != 0 && writer->failure != EPIPE)
		ok = error_set(err, "Standard output could not be written: %s.",
			strerror(writer->failure));
	csv_writer_abandon(writer);
	return ok;
}
