#!/bin/sh
# Removes TLBB Desktop from where it lies. What people entered stays in their homes.
set -eu
place=$(cd "$(dirname "$0")" && pwd)

say() { # Khmer, then English
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-km}}}" in en* | C* | POSIX) printf '%s\n' "$2" ;; *) printf '%s\n%s\n' "$1" "$2" ;; esac
}

case "$place" in
    /opt/tlbb-desktop) programs=/usr/local/bin shared=/usr/local/share ;;
    "$HOME/.local/lib/tlbb-desktop" | "$(readlink -f "$HOME")/.local/lib/tlbb-desktop") programs=$HOME/.local/bin shared=${XDG_DATA_HOME:-$HOME/.local/share} ;;
    *)
        say "សូមដំណើរការ uninstall.sh ពីថតដែលបានដំឡើង។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
            "Run the uninstall.sh of the folder where it is installed. Nothing was changed." >&2
        exit 1
        ;;
esac
if [ ! -w "$place" ]; then
    say "សូមវាយ៖ sudo $place/uninstall.sh" "Run: sudo $place/uninstall.sh" >&2
    exit 1
fi
. "$place/places.sh"
if [ -n "$(running "$place")" ]; then
    say "TLBB Desktop កំពុងបើក។ សូមបិទផ្ទាំងរបស់វាជាមុនសិន។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
        "TLBB Desktop is open. Close its window first. Nothing was changed." >&2
    exit 1
fi
rm -f "$programs/tlbb-desktop" "$shared/applications/tlbb-desktop.desktop" "$shared/icons/hicolor/scalable/apps/tlbb-desktop.svg"
rm -rf "$place"/program "$place"/program-* "$place"/program.*
rm -f "$place"/places.sh* "$place"/uninstall.sh*
rmdir "$place" 2>/dev/null || true
say "បានលុបកម្មវិធី។ កំណត់ត្រារបស់អ្នកនៅដដែល។" "The program is removed. Your record stays."
