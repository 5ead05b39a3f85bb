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

/* On a disk of this computer: a network file system loses locks and with them saves. */
bool place_is_local(const char *path, struct error *err);

/* The file and its directory may be written. */
bool place_is_writable(const char *path, struct error *err);

/* Makes the directory that path is in, and those above it, for the owner only. */
bool place_make_directory(const char *path, struct error *err);

#endif
