/*
 * bare.h - the yardstick: a process that commits one row at a time with nothing but SQLite, and
 * waits for others as the office does. GPL-3.0-or-later.
 */
#ifndef SOAK_BARE_H
#define SOAK_BARE_H

#include <stdbool.h>

bool bare_make(const char *path);

/* Commits rows and writes how long each took, in ms, as doubles to the pipe. Its exit code. */
int bare_do(const char *path, int rows, int pipe);

#endif
