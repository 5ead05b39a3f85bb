/*
 * ssh_command.h - the command that came along with "ssh HOST mso ...", where sshd runs nothing
 * but this program (ForceCommand). GPL-3.0-or-later.
 */
#ifndef SSH_COMMAND_H
#define SSH_COMMAND_H

#include "core/error.h"

/*
 * The words behind "mso", ending with NULL, in one piece of memory that the caller frees. NULL
 * with a sentence for anything that is no command of mso. No shell is asked: quotes and
 * backslashes keep blanks, and no other sign has a meaning.
 */
char **ssh_command_words(const char *command, struct error *err);

#endif
