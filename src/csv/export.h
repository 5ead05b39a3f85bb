/*
 * export.h - records as CSV: what the actor may see of every field, computed ones included, and
 * the version, so that a file can come back through an import. GPL-3.0-or-later.
 */
#ifndef CSV_EXPORT_H
#define CSV_EXPORT_H

#include "csv/csv_writer.h"
#include "office/record.h"

/* Writes the heading (field keys and "version") and the records of the query in its order. */
bool export_records(struct store *store, const struct record_query *query,
	struct csv_writer *writer, struct error *err);

/* The same to a file that appears only when it is whole; path NULL: standard output. */
bool export_file(struct store *store, const struct record_query *query, const char *path, bool raw,
	struct error *err);

/* One file TYPE.csv per type of record in a directory, which is made when it is missing. */
bool export_all(struct store *store, const char *directory, bool raw, struct error *err);

#endif
