/*
 * snapshot.h - the files of an office as they are at one moment, while a process has them open, and
 * back to that: the same inodes with the same bytes, so that whoever has them open or mapped goes
 * on as if nothing had happened. GPL-3.0-or-later.
 */
#ifndef SOAK_SNAPSHOT_H
#define SOAK_SNAPSHOT_H

#include <stdint.h>

/* Of the directory "case" and "case/backups" below this process's own. All end the test on errors.
 */
struct snapshot;

struct snapshot *snapshot_new(void);
void snapshot_free(struct snapshot *snapshot);

/* Brings it to what the files are now. */
void snapshot_take(struct snapshot *snapshot);

/* Brings the files back to it; what has come since is removed. */
void snapshot_restore(struct snapshot *snapshot);

/*
 * What SQLite would read in the files as they are now, as one number: databases and logs that are
 * not empty, with their names.
 */
uint64_t snapshot_key(struct snapshot *snapshot);

/* Copies that to "DIRECTORY/case", which is made anew. */
void snapshot_copy(const char *directory);

#endif
