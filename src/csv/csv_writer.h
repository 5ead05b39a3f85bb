/*
 * csv_writer.h - writes CSV that spreadsheets read right: UTF-8 with a byte order mark, CRLF,
 * comma, all text quoted, formulas guarded. GPL-3.0-or-later.
 */
#ifndef CSV_WRITER_H
#define CSV_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

struct csv_writer;
struct store;

/*
 * Starts a file at path, or on standard output when path is NULL. A file is written beside its
 * place, with the person's own rights, and appears there, whole, only when it is finished; what it
 * replaces must be an ordinary file and none of the store's (NULL: of none). raw leaves out the
 * byte order mark and the guard, for machines. NULL with a sentence.
 */
struct csv_writer *csv_writer_new(
	struct store *store, const char *path, bool raw, struct error *err);

/* Another delimiter than the comma. */
void csv_writer_delimit(struct csv_writer *writer, char delimiter);

/* A cell of quoted text; guard for texts of people. */
void csv_writer_text(struct csv_writer *writer, const char *text, size_t length, bool guard);

/* A cell that is written as it is: numbers, amounts. */
void csv_writer_number(struct csv_writer *writer, const char *text, size_t length);

void csv_writer_end_row(struct csv_writer *writer);

/* True when writing has failed or nobody reads any more: the rest may be left out. */
bool csv_writer_stopped(const struct csv_writer *writer);

/*
 * Writes out what is left, syncs the file and puts it in its place. Frees the writer. False with
 * a sentence; then there is no file. A reader of standard output that has gone is no failure.
 */
bool csv_writer_finish(struct csv_writer *writer, struct error *err);

/* Gives the file up: nothing appears. NULL is allowed. */
void csv_writer_abandon(struct csv_writer *writer);

#endif
