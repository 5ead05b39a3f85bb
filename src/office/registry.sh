# registry.sh FILE.c... - prints the C list of record types: client.c defines client_record.
# Called by the Makefile.  GPL-3.0-or-later.
echo '#include "office/record.h"'
for file; do
	name=$(basename "$file" .c)
	echo "extern const struct record_type ${name}_record;"
done
echo 'const struct record_type *const record_types[] = {'
for file; do
	echo "	&$(basename "$file" .c)_record,"
done
echo '	NULL,'
echo '};'
