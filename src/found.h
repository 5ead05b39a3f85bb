/*
 * found.h - founds an office: the empty one with its reference lists, or the made-up one of the
 * demo. GPL-3.0-or-later.
 */
#ifndef FOUND_H
#define FOUND_H

#include "store/store.h"

/*
 * Makes the office file at options->path and fills it: with data/NN-TYPE.csv, or for the demo
 * with data/demo/NN-TYPE.csv and the deeds of data/demo/history.csv. False with a sentence; then
 * there is no file.
 */
bool found_office(const struct store_options *options, bool demo, struct error *err);

#endif
