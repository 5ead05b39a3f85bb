/*
 * user_file.h - people's files: opened and made with their own rights, never with those of the
 * office's program, and never the office file, what SQLite keeps beside it, or another file of
 * the office. GPL-3.0-or-later.
 *
 * With --restricted all of them are in one folder of the person, mso-exports at home, and a path
 * is a name in it. Paths in sentences are as they were given.
 */
#ifndef STORE_USER_FILE_H
#define STORE_USER_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "core/buffer.h"
#include "core/error.h"

struct store;
struct user_file; /* a file being written, which nobody sees yet */

/*
 * Opens a file for reading; -1 with a sentence. In the office's program ordinary files only; a
 * private one also waits for the writer of a pipe. Links are followed, but not those in /proc that
 * lead to what the process has open. store: whose files are refused; NULL for none.
 */
int user_file_open(struct store *store, const char *path, struct error *err);

/* Which file the path leads to, looked at with their rights; false when there is none. */
bool user_file_look(const char *path, struct stat *about);

/* Is it one and the same file, whatever it is called? */
bool user_file_same(const struct stat *left, const struct stat *right);

/* Would reading it wait for somebody, as a pipe does and standard input "-"? */
bool user_file_waits(const char *path);

/*
 * Begins a file of mode 0600 beside its place. With replace, an ordinary file that is there will
 * give way; a link stays a link and its file is replaced. Without, there must be none. NULL with a
 * sentence. Free with user_file_publish or user_file_abandon.
 */
struct user_file *user_file_new(
	struct store *store, const char *path, bool replace, struct error *err);

int user_file_descriptor(const struct user_file *file); /* to write to; stays the file's */

/*
 * Writes it to the disk and puts it in its place, whole; failure is the errno of a write that
 * went wrong before, or 0. False with a sentence; then nothing is left behind. Frees the file.
 */
bool user_file_publish(struct user_file *file, int failure, struct error *err);

/* Gives it up: nothing appears. NULL is allowed. */
void user_file_abandon(struct user_file *file);

/* Makes a folder for files, for its owner only; one that is there is fine. */
bool user_file_make_folder(const char *path, struct error *err);

/* The folder that --restricted allows, made when it is missing; NULL when all are allowed. */
const char *user_file_folder(void);

/* The path as people should hear of it: with the folder that --restricted puts it in. */
void user_file_name(const char *path, struct buffer *name);

#endif
