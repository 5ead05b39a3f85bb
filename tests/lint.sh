#!/bin/sh
# lint.sh - layout, arrows, unsafe calls, static analysis, and the manual.  GPL-3.0-or-later.
set -u
cd "$(dirname "$0")/.." || exit 1
failures=0
say() { echo "lint: $*"; failures=$((failures + 1)); }

sh tests/arrows.sh || failures=$((failures + 1))

# Layout is .clang-format's; versions differ in details, so another version than the one that the
# tree was laid out with only tells.
files=$(git ls-files 'src/*.[ch]' 'tests/*.[ch]' 2>/dev/null)
if command -v clang-format >/dev/null 2>&1; then
	version=$(clang-format --version | sed -E 's/.*version ([0-9]+).*/\1/')
	# shellcheck disable=SC2086
	if ! clang-format --dry-run -Werror $files >/tmp/lint.$$ 2>&1; then
		if [ "$version" = 14 ]; then
			sed -n '1,20p' /tmp/lint.$$
			say "layout: run clang-format -i on the files named above"
		else
			echo "lint: note: clang-format $version would lay out some lines another way"
		fi
	fi
	rm -f /tmp/lint.$$
fi

# Calls that overrun, or take anything for a number, in silence.
grep -n -r --include='*.[ch]' -E '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol)\(' src && say "unsafe calls"
# shellcheck disable=SC2086
grep -n -w -E 'TODO|FIXME|XXX' $files data/migrations/*.sql && say "unfinished work"
# shellcheck disable=SC2086
for file in $files; do
	head -12 "$file" | grep -q 'GPL-3.0-or-later' || say "$file does not name its licence"
done

# SQL is never built from typed text: no %s right behind a SQL keyword's value place.
grep -n -r --include='*.[ch]' -E "\"[^\"]*(WHERE|VALUES|SET|LIKE)[^\"]*'%s'" src && say "SQL built from text"

if command -v cppcheck >/dev/null 2>&1; then
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem --suppress=nullPointerOutOfMemory --suppress=nullPointerArithmeticOutOfMemory \
		--suppress=unknownMacro -Isrc -j2 src || say "cppcheck"
fi
if command -v groff >/dev/null 2>&1; then
	for page in man/mso.1 man/mso.5 man/mso.8; do
		warnings=$(groff -t -man -ww -Tutf8 "$page" 2>&1 >/dev/null)
		[ -z "$warnings" ] || { echo "$warnings"; say "$page"; }
	done
fi
[ "$failures" -eq 0 ] && echo "lint: clean"
exit "$failures"
