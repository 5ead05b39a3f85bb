/*
 * place.h - what the file system says about the place of an office file, before SQLite is asked.
 * Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "core/error.h"

/* The directory a path is in; caller frees. */
char *place_directory(const char *path);

/* path and a suffix such as "-wal"; caller frees. */
char *place_beside(const char *path, const char *suffix);

/* An existing, non-empty, ordinary file, whose state goes to about; false with a sentence. */
bool place_holds_file(const char *path, struct stat *about, struct error *err);

/*
 * No office was ever here: false with a sentence when one is missing whose backups are beside it,
 * for one that is made anew would have them removed in time.
 */
bool place_is_new(const char *path, struct error *err);

/* On a disk of this computer: a network file system loses locks and with them saves. */
bool place_is_local(const char *path, struct error *err);

/* The file and its directory may be written. */
bool place_is_writable(const char *path, struct error *err);

/* Makes the directory that path is in, and those above it, for the owner only. */
bool place_make_directory(const char *path, struct error *err);

/*
 * Makes a new, empty file of the office, with the mode that its files have whatever the umask;
 * flags: O_EXCL and others besides O_RDWR and O_CREAT. A descriptor, or -1 with errno.
 */
int place_make_file(const char *path, int flags);

/* Gives a file its name unless that is taken: false with errno. */
bool place_give_name(const char *from, const char *to);

/* A name is on the disk only when its directory is: false with errno. */
bool place_sync_directory(const char *path);

#endif
