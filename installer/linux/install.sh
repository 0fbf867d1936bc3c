#!/bin/sh
# Installs TLBB Desktop, or puts a newer one in the place of an older one. What people entered is not touched.
#   ./install.sh                   for me alone; as root: for all on this computer
#   ./install.sh --this-computer   for all on this computer (asks for root)
#   ./install.sh --only-me         for me alone
set -eu
cd "$(dirname "$0")"

say() { # Khmer, then English
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-km}}}" in en* | C* | POSIX) printf '%s\n' "$2" ;; *) printf '%s\n%s\n' "$1" "$2" ;; esac
}

stop() {
    say "$1" "$2" >&2
    exit 1
}

[ "$(id -u)" = 0 ] && whose=computer || whose=me
case "${1:-}" in
    --this-computer) whose=computer ;;
    --only-me) whose=me ;;
    "") ;;
    *) stop "មិនស្គាល់ $1 ទេ។ សូមប្រើ --this-computer ឬ --only-me។" "$1 is not known. Use --this-computer or --only-me." ;;
esac
if [ "$whose" = computer ] && [ "$(id -u)" != 0 ]; then
    stop "ដើម្បីដំឡើងសម្រាប់អ្នកទាំងអស់ សូមវាយ៖ sudo ./install.sh --this-computer" \
        "To install for all on this computer, run: sudo ./install.sh --this-computer"
fi
[ "$(uname -m)" = x86_64 ] || stop "កម្មវិធីនេះត្រូវការកុំព្យូទ័រ 64 ប៊ីត (x86-64)។" "This program needs a 64-bit PC (x86-64)."
(cd program && sha256sum --check --quiet --strict files.sha256 >/dev/null 2>&1) ||
    stop "ឯកសារខ្លះខូច។ សូមចម្លងពី USB ម្តងទៀត។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
        "Some files are damaged. Copy them from the USB stick again. Nothing was changed."
missing=$(find program -name '*.so*' -type f -exec ldd {} + 2>/dev/null | grep 'not found' || true)
names=$(printf '%s\n' "$missing" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u)
lacking=""
for name in $names; do
    [ -n "$(find program -name "$name" -print -quit)" ] || lacking="$lacking $name"
done
if [ -n "$lacking" ]; then
    stop "ប្រព័ន្ធខ្វះ៖$lacking។ នៅលើ Debian ឬ Ubuntu សូមវាយ៖ sudo apt-get install $(cat packages.txt)" \
        "This system lacks:$lacking. On Debian or Ubuntu run: sudo apt-get install $(cat packages.txt)"
fi

if [ "$whose" = computer ]; then
    place=/opt/tlbb-desktop programs=/usr/local/bin shared=/usr/local/share
else
    place=$HOME/.local/lib/tlbb-desktop programs=$HOME/.local/bin shared=${XDG_DATA_HOME:-$HOME/.local/share}
fi
rm -rf "$place/program.new"
mkdir -p "$place" "$programs" "$shared/applications" "$shared/icons/hicolor/scalable/apps"
cp -R program "$place/program.new"
rm -rf "$place/program.old"
[ ! -e "$place/program" ] || mv "$place/program" "$place/program.old"
mv "$place/program.new" "$place/program"
rm -rf "$place/program.old"
cp uninstall.sh "$place/uninstall.sh"
ln -sf "$place/program/tlbb-desktop" "$programs/tlbb-desktop"
cp share/tlbb-desktop.svg "$shared/icons/hicolor/scalable/apps/tlbb-desktop.svg"
sed "s|^Exec=.*|Exec=\"$place/program/tlbb-desktop\"|" share/tlbb-desktop.desktop > "$shared/applications/tlbb-desktop.desktop"
say "បានដំឡើងរួចហើយ។ សូមបើក TLBB Desktop ពីបញ្ជីកម្មវិធី។ ដើម្បីលុប៖ $place/uninstall.sh" \
    "Installed. Open TLBB Desktop from the list of programs. To remove it: $place/uninstall.sh"
