# embed.sh FILE... - prints C that holds the files in the binary, byte for byte, by their paths.
# Called by the Makefile.  GPL-3.0-or-later.
echo '#include "store/embedded.h"'
number=0
for file; do
	cat <<C
__asm__(".section .rodata\\n"
	".balign 8\\n"
	"embedded_$number:\\n"
	".incbin \\"$file\\"\\n"
	"embedded_${number}_end:\\n"
	".byte 0\\n"
	".previous\\n");
extern const char embedded_$number[], embedded_${number}_end[];
C
	number=$((number + 1))
done
echo 'const struct embedded_file embedded_files[] = {'
number=0
for file; do
	echo "	{\"$file\", embedded_$number, embedded_${number}_end},"
	number=$((number + 1))
done
echo '	{0},'
echo '};'
