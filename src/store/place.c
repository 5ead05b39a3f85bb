/*
 * place.c - what the file system says about the place of an office file. Looks without opening:
 * closing any descriptor of the file would drop the process's locks on it. GPL-3.0-or-later.
 */
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/backup.h"
#include "store/privilege.h"

/* File systems of other computers that linux/magic.h does not name everywhere. */
#define CIFS_NUMBER 0xFF534D42u
#define SMB2_NUMBER 0xFE534D42u
#define SMB_NUMBER 0x517Bu
#define CEPH_NUMBER 0x00C36400u
#define FUSE_NUMBER 0x65735546u

char *place_directory(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? memory_text(".")
			     : memory_text_part(path, slash == path ? 1 : (size_t)(slash - path));
}

char *place_beside(const char *path, const char *suffix)
{
	struct buffer name = {0};

	buffer_add(&name, path);
	buffer_add(&name, suffix);
	return buffer_take(&name);
}

/* The names of the copies are for those with an account: nobody can tell who has one. */
static bool names_are_open(void)
{
	return !privilege_shared() || getuid() == 0;
}

bool place_is_new(const char *path, struct error *err)
{
	char *backup = backup_newest_path(path), *directory = backup_directory(path);
	bool none = backup == NULL;

	if (!none && !names_are_open())
		error_set(err,
			"There is no office at %s any more, but there are backups of it. Ask whoever "
			"looks after this computer to bring it back with `mso restore`.",
			path);
	else if (!none)
		error_set(err,
			"There is no office at %s, but there are backups of it in %s. `mso restore %s` "
			"brings back the newest. To begin anew instead, first move that directory away.",
			path, directory, strrchr(backup, '/') + 1);
	free(directory);
	free(backup);
	return none;
}

static bool explain_missing(const char *path, struct error *err)
{
	if (!place_is_new(path, err))
		return false;
	if (privilege_shared())
		return error_set(err,
			"There is no office at %s yet. Ask whoever looks after this computer to set it "
			"up with `make install-office`.",
			path);
	return error_set(err,
		"There is no office at %s yet. Make one with `mso init`, or the made-up one with "
		"`mso init --demo`.",
		path);
}

/* What is left of an office, unless there are no copies of one. */
static bool explain_empty(const char *path, struct error *err)
{
	char *backup = backup_newest_path(path);

	if (backup == NULL)
		error_set(err,
			"%s is empty: a copy or a download was cut off, or another program made the "
			"file. Restore a backup, or remove the file and run `mso init`.",
			path);
	else if (names_are_open())
		error_set(err,
			"The office file %s is empty, but there are backups of it. `mso restore %s` "
			"puts the newest in its place.",
			path, strrchr(backup, '/') + 1);
	else
		error_set(err,
			"The office file %s is empty, but there are backups of it. Ask whoever looks "
			"after this computer to bring it back with `mso restore`.",
			path);
	free(backup);
	return false;
}

bool place_holds_file(const char *path, struct stat *about, struct error *err)
{
	if (stat(path, about) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return explain_missing(path, err);
	if (stat(path, about) != 0)
		return error_set(err,
			"The office at %s cannot be reached (%s). Ask whoever looks after this "
			"computer for access to it.",
			path, strerror(errno));
	if (S_ISDIR(about->st_mode))
		return error_set(err,
			"%s is a directory, not an office file. Give the path of the file itself, "
			"such as %s/office.db.",
			path, path);
	if (!S_ISREG(about->st_mode))
		return error_set(err,
			"%s is not an ordinary file, so it cannot hold an office. Check the path.",
			path);
	if (about->st_size == 0)
		return explain_empty(path, err);
	return true;
}

bool place_is_local(const char *path, struct error *err)
{
	static const struct {
		unsigned number;
		const char *name;
	} networks[] = {
		{NFS_SUPER_MAGIC, "NFS"},
		{SMB_NUMBER, "Windows share"},
		{CIFS_NUMBER, "Windows share"},
		{SMB2_NUMBER, "Windows share"},
		{AFS_SUPER_MAGIC, "AFS"},
		{CODA_SUPER_MAGIC, "Coda"},
		{CEPH_NUMBER, "Ceph"},
		{FUSE_NUMBER, "FUSE"},
	};
	struct statfs about;

	if (statfs(path, &about) != 0)
		return true;
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
		if ((unsigned)about.f_type == networks[i].number)
			return error_set(err,
				"%s is on a network file system (%s), where two people saving at once "
				"can destroy the office. Keep the file on a disk of the computer that "
				"runs mso, and work there over SSH.",
				path, networks[i].name);
	}
	return true;
}

bool place_is_writable(const char *path, struct error *err)
{
	char *directory;
	bool writable;
	int reason;

	if (faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0)
		return error_set(err,
			"The office file %s may not be read and written by you (%s). Ask its owner "
			"for access, or give the path of your own file.",
			path, strerror(errno));
	directory = place_directory(path);
	writable = faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) == 0;
	reason = errno;
	if (!writable)
		error_set(err,
			"The directory %s may not be written by you (%s), and the office keeps its "
			"journal there, beside the file. Ask its owner for write access to the directory.",
			directory, strerror(reason));
	free(directory);
	return writable;
}

bool place_make_directory(const char *path, struct error *err)
{
	char *directory = place_directory(path);
	bool made = true;

	for (char *end = directory + 1; made && *directory == '/' && end[-1] != '\0'; end++) {
		char separator = *end;

		if (separator != '/' && separator != '\0')
			continue;
		*end = '\0';
		if (mkdir(directory, 0700) != 0 && errno != EEXIST)
			made = error_set(err,
				"The directory %s cannot be made (%s). Make it yourself, or give another "
				"path.",
				directory, strerror(errno));
		*end = separator;
	}
	free(directory);
	return made;
}

int place_make_file(const char *path, int flags)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | flags, privilege_file_mode());

	/* SQLite gives the journals the mode of the file. */
	if (file >= 0 && fchmod(file, privilege_file_mode()) != 0) {
		int reason = errno;

		close(file);
		unlink(path);
		errno = reason;
		return -1;
	}
	return file;
}

bool place_give_name(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return true;
	/* Some file systems know no such rename. */
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	return link(from, to) == 0 && unlink(from) == 0;
}

bool place_sync_directory(const char *path)
{
	char *directory = place_directory(path);
	int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = descriptor >= 0 && fsync(descriptor) == 0;
	int reason = errno;

	if (descriptor >= 0)
		close(descriptor);
	free(directory);
	errno = reason;
	return synced;
}
