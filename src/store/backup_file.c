/*
 * backup_file.c - the plain files of making and restoring backups. GPL-3.0-or-later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "store/backup_parts.h"
#include "store/place.h"
#include "store/privilege.h"

enum { STEP_MS = 20, NANOSECONDS = 1000000 };

bool file_is_shared(const struct stat *about)
{
	return privilege_shared() || (about->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

bool file_identity(
	const struct store_options *options, struct identity *identity, struct error *err)
{
	struct stat about;
	bool shared = stat(options->path, &about) == 0 && file_is_shared(&about);

	return identity_start(identity, options->as, shared ? NULL : options->today, err);
}

bool backup_office_since(const char *office, time_t *since)
{
	struct statx about = {0};

	if (statx(AT_FDCWD, office, 0, STATX_BTIME, &about) != 0 ||
		(about.stx_mask & STATX_BTIME) == 0)
		return false;
	*since = (time_t)about.stx_btime.tv_sec;
	return true;
}

int directory_lock(const char *path, int patience_ms)
{
	const struct timespec step = {.tv_nsec = (long)STEP_MS * NANOSECONDS};
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), reason;

	if (directory < 0)
		return -1;
	while (flock(directory, LOCK_EX | LOCK_NB) != 0) {
		reason = errno;
		if (reason != EWOULDBLOCK || patience_ms <= 0) {
			close(directory);
			errno = reason;
			return -1;
		}
		nanosleep(&step, NULL);
		patience_ms -= STEP_MS;
	}
	return directory;
}

int file_make(const char *path, const struct stat *about)
{
	int file, reason;

	file_remove_with_journals(path);
	file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		file_is_shared(about) ? 0660 : 0600);
	if (file < 0)
		return -1;
	/* A file that root made would be closed to whoever the office belongs to. */
	if ((geteuid() == 0 && fchown(file, about->st_uid, about->st_gid) != 0) ||
		fchmod(file, file_is_shared(about) ? 0660 : 0600) != 0) {
		reason = errno;
		close(file);
		unlink(path);
		errno = reason;
		return -1;
	}
	return file;
}

bool file_sync(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = file >= 0 && fsync(file) == 0;
	int reason = errno;

	if (file >= 0)
		close(file);
	errno = reason;
	return synced;
}

void file_remove_with_journals(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	int reason = errno;

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *file = place_beside(path, suffixes[i]);

		unlink(file);
		free(file);
	}
	errno = reason;
}
