/*
 * privilege.h - the rights of the process. Installed for an office, the program has the group
 * that owns the office file (setgid), and everybody who starts it is a stranger to that group:
 * what they hand over (environment, limits, descriptors, paths) is taken apart here before
 * anything is done with it. In every other program nothing of this is in force.
 * GPL-3.0-or-later.
 */
#ifndef STORE_PRIVILEGE_H
#define STORE_PRIVILEGE_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * The first statement of main. Opens descriptors 0 to 2 where they are closed, sets the umask
 * to 077, ignores SIGPIPE and SIGXFSZ (the write that fails tells) and SIGTSTP (a stopped
 * process would keep the office locked for everybody). In the office's program also: clears the
 * environment to a whitelist with HOME from the system's list of accounts, makes no core, and
 * ends with a sentence and exit code 1 where the limits on files are too tight to save anything,
 * or where the program is setuid, which it must never be.
 */
void privilege_start(void);

/* Is this the office's program, with the group of the office? */
bool privilege_shared(void);

/* The office's directory and its file, fixed when the program was compiled (OFFICE_DIR). */
const char *privilege_directory(void);
const char *privilege_office(void);

/* The mode of files that belong to the office: 0660 in the shared one, 0600 in a private one. */
mode_t privilege_file_mode(void);

/*
 * Between these two the process has the rights of the person who started it: around opening,
 * naming and removing people's files, and nothing else. Not to be nested. Nothing happens in a
 * program without the group. A failure is fatal(). errno stays.
 */
void privilege_user_begin(void);
void privilege_user_end(void);

/*
 * Gives the group up for good, and looks that it is gone: before anything that does not need the
 * office file. The program starts no other program; whatever is ever started (fork, exec) calls
 * this first. A failure is fatal().
 */
void privilege_drop(void);

/* --restricted: people's files only in the export folder (user_file.h). */
void privilege_restrict(void);
bool privilege_restricted(void);

/* What SSH_ORIGINAL_COMMAND was before the environment was cleared, or NULL. Borrowed. */
const char *privilege_ssh_command(void);

/*
 * confine.c: takes from the process, where the kernel can (Landlock), what it never needs:
 * starting programs, making devices, sockets and pipes. With folders (ends with NULL) it also
 * writes nowhere else. New privileges are out of reach afterwards. Once, before the office is
 * opened; where the kernel cannot, nothing happens.
 */
void privilege_confine(const char *const *folders);

/* environment.c: clears the environment to what is known to be harmless. */
void privilege_clean_environment(void);

#endif
