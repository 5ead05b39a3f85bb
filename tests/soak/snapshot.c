/*
 * snapshot.c - keeps files of an office and puts them back in place. A second name, in the
 * directory "kept", holds each inode while the first may be gone. GPL-3.0-or-later.
 */
#include "snapshot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "judge.h"

#define KEPT "kept"

enum { FILES_MOST = 64, NAME_MOST = 320 };

static const char *const directories[] = {"case", "case/backups"};

enum { DIRECTORIES = sizeof directories / sizeof *directories };

struct file {
	char name[NAME_MOST];
	char kept[NAME_MOST]; /* its second name */
	struct stat about;
	unsigned char *bytes;
	uint64_t key; /* of the bytes; 0: not known yet */
	bool seen;
};

struct snapshot {
	struct file files[FILES_MOST];
	size_t count;
	unsigned long long named; /* second names given so far */
	bool directories[DIRECTORIES];
};

static _Noreturn void stop(const char *what, const char *name)
{
	fprintf(stderr, "snapshot: %s %s: %s\n", what, name, strerror(errno));
	exit(2);
}

/* ---- bytes of a file ---- */

struct bytes {
	struct stat about;
	unsigned char *at;
};

static struct bytes bytes_of(const char *name)
{
	struct bytes bytes = {0};
	int file = open(name, O_RDONLY | O_CLOEXEC);

	if (file < 0 || fstat(file, &bytes.about) != 0)
		stop("cannot read", name);
	if (bytes.about.st_size > 0) {
		bytes.at = mmap(NULL, (size_t)bytes.about.st_size, PROT_READ, MAP_SHARED, file, 0);
		if (bytes.at == MAP_FAILED)
			stop("cannot map", name);
	}
	close(file);
	return bytes;
}

static void bytes_end(struct bytes *bytes)
{
	if (bytes->at != NULL)
		munmap(bytes->at, (size_t)bytes->about.st_size);
}

static bool is_as_kept(const struct file *file, const struct bytes *bytes)
{
	return file->about.st_size == bytes->about.st_size &&
	       (bytes->at == NULL ||
		       memcmp(file->bytes, bytes->at, (size_t)bytes->about.st_size) == 0);
}

/* ---- all the files ---- */

/* Calls with each plain file there is. */
static void each_file(void (*visit)(const char *name, void *context), void *context)
{
	for (size_t i = 0; i < DIRECTORIES; i++) {
		DIR *directory = opendir(directories[i]);
		struct dirent *entry;
		char name[NAME_MOST];
		struct stat about;

		while (directory != NULL && (entry = readdir(directory)) != NULL) {
			snprintf(name, sizeof name, "%s/%.*s", directories[i], NAME_MOST - 16,
				entry->d_name);
			if (lstat(name, &about) == 0 && S_ISREG(about.st_mode))
				visit(name, context);
		}
		if (directory != NULL)
			closedir(directory);
	}
}

static bool is_there(const char *directory)
{
	return access(directory, F_OK) == 0;
}

static struct file *find(struct snapshot *snapshot, const char *name)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		if (strcmp(snapshot->files[i].name, name) == 0)
			return &snapshot->files[i];
	}
	return NULL;
}

static void forget(struct snapshot *snapshot, struct file *file)
{
	unlink(file->kept);
	free(file->bytes);
	*file = snapshot->files[--snapshot->count];
}

static struct file *add(struct snapshot *snapshot, const char *name, const struct bytes *bytes)
{
	struct file *file = &snapshot->files[snapshot->count];

	if (snapshot->count == FILES_MOST)
		stop("too many files with", name);
	snapshot->count++;
	*file = (struct file){0};
	snprintf(file->name, sizeof file->name, "%s", name);
	file->about = bytes->about;
	snprintf(file->kept, sizeof file->kept, KEPT "/%llu", ++snapshot->named);
	if (link(name, file->kept) != 0)
		stop("cannot keep", name);
	return file;
}

struct snapshot *snapshot_new(void)
{
	struct snapshot *snapshot = calloc(1, sizeof *snapshot);

	judge_clear(KEPT);
	if (snapshot == NULL || mkdir(KEPT, 0700) != 0)
		stop("no place for", KEPT);
	return snapshot;
}

void snapshot_free(struct snapshot *snapshot)
{
	while (snapshot->count > 0)
		forget(snapshot, &snapshot->files[0]);
	free(snapshot);
}

/* ---- taking ---- */

static void take_file(const char *name, void *context)
{
	struct snapshot *snapshot = context;
	struct bytes bytes = bytes_of(name);
	struct file *file = find(snapshot, name);

	if (file != NULL && file->about.st_ino != bytes.about.st_ino) {
		forget(snapshot, file);
		file = NULL;
	}
	if (file == NULL)
		file = add(snapshot, name, &bytes);
	if (file->bytes == NULL || !is_as_kept(file, &bytes)) {
		free(file->bytes);
		file->key = 0;
		file->bytes = malloc((size_t)bytes.about.st_size + 1);
		if (file->bytes == NULL)
			stop("no memory for", name);
		if (bytes.at != NULL)
			memcpy(file->bytes, bytes.at, (size_t)bytes.about.st_size);
	}
	file->about = bytes.about;
	file->seen = true;
	bytes_end(&bytes);
}

void snapshot_take(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++)
		snapshot->files[i].seen = false;
	each_file(take_file, snapshot);
	for (size_t i = snapshot->count; i-- > 0;) {
		if (!snapshot->files[i].seen)
			forget(snapshot, &snapshot->files[i]);
	}
	for (size_t i = 0; i < DIRECTORIES; i++)
		snapshot->directories[i] = is_there(directories[i]);
}

/* ---- putting back ---- */

static void remove_new(const char *name, void *context)
{
	if (find(context, name) == NULL && unlink(name) != 0)
		stop("cannot remove", name);
}

static void write_back(const struct file *file)
{
	int to = open(file->name, O_WRONLY | O_CLOEXEC);

	if (to < 0 || ftruncate(to, file->about.st_size) != 0)
		stop("cannot put back", file->name);
	for (off_t done = 0; done < file->about.st_size;) {
		ssize_t size =
			pwrite(to, file->bytes + done, (size_t)(file->about.st_size - done), done);

		if (size <= 0)
			stop("cannot put back", file->name);
		done += size;
	}
	close(to);
}

static void restore_file(const struct file *file)
{
	struct stat about;
	struct bytes bytes;

	if (lstat(file->name, &about) != 0 || about.st_ino != file->about.st_ino) {
		unlink(file->name);
		if (link(file->kept, file->name) != 0)
			stop("cannot bring back", file->name);
	}
	bytes = bytes_of(file->name);
	if (!is_as_kept(file, &bytes))
		write_back(file);
	if (bytes.about.st_mode != file->about.st_mode)
		chmod(file->name, file->about.st_mode & 07777);
	bytes_end(&bytes);
}

void snapshot_restore(struct snapshot *snapshot)
{
	for (size_t i = 0; i < DIRECTORIES; i++) {
		if (snapshot->directories[i] && !is_there(directories[i]))
			stop("gone is", directories[i]);
	}
	each_file(remove_new, snapshot);
	for (size_t i = DIRECTORIES; i-- > 0;) {
		if (!snapshot->directories[i] && is_there(directories[i]) &&
			rmdir(directories[i]) != 0)
			stop("cannot remove", directories[i]);
	}
	for (size_t i = 0; i < snapshot->count; i++)
		restore_file(&snapshot->files[i]);
}

/* ---- what SQLite reads ---- */

static bool ends_in(const char *name, const char *end)
{
	size_t length = strlen(name), wanted = strlen(end);

	return length >= wanted && strcmp(name + length - wanted, end) == 0;
}

static bool is_read(const char *name, const struct bytes *bytes)
{
	return ends_in(name, ".db") ||
	       ((ends_in(name, "-wal") || ends_in(name, "-journal")) && bytes->about.st_size > 0);
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t word = 0;

	for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
		memcpy(&word, at, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
	}
	for (; size > 0; size--)
		hash = (hash ^ *at++) * UINT64_C(1099511628211);
	return hash;
}

struct sum {
	struct snapshot *snapshot;
	uint64_t key;
};

static uint64_t key_of(const char *name, const struct bytes *bytes)
{
	return mix(mix(UINT64_C(14695981039346656037), name, strlen(name)), bytes->at,
		(size_t)bytes->about.st_size);
}

/* The order in which a directory gives names does not matter to the sum. */
static void add_key(const char *name, void *context)
{
	struct bytes bytes = bytes_of(name);
	struct sum *sum = context;
	struct file *file = find(sum->snapshot, name);

	if (!is_read(name, &bytes)) {
		;
	} else if (file != NULL && is_as_kept(file, &bytes)) {
		if (file->key == 0)
			file->key = key_of(name, &bytes);
		sum->key += file->key;
	} else {
		sum->key += key_of(name, &bytes);
	}
	bytes_end(&bytes);
}

uint64_t snapshot_key(struct snapshot *snapshot)
{
	struct sum sum = {.snapshot = snapshot};

	each_file(add_key, &sum);
	return sum.key;
}

static void copy_file(const char *name, void *context)
{
	char to[2 * NAME_MOST];
	struct bytes bytes = bytes_of(name);
	struct file file = {.about = bytes.about, .bytes = bytes.at};

	snprintf(to, sizeof to, "%s/%s", (const char *)context, name);
	if (is_read(name, &bytes)) {
		int made = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

		if (made < 0)
			stop("cannot copy to", to);
		close(made);
		snprintf(file.name, sizeof file.name, "%.*s", NAME_MOST - 1, to);
		write_back(&file);
	}
	bytes_end(&bytes);
}

void snapshot_copy(const char *directory)
{
	char name[NAME_MOST], there[NAME_MOST];

	snprintf(there, sizeof there, "%s", directory);
	judge_clear(there);
	for (size_t i = 0; i < DIRECTORIES; i++) {
		snprintf(name, sizeof name, "%s/%s", directory, directories[i]);
		if (i == 0)
			mkdir(directory, 0700);
		if (mkdir(name, 0700) != 0)
			stop("cannot make", name);
	}
	each_file(copy_file, there);
}
