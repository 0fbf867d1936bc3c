#!/bin/sh
# Installs TLBB Desktop, or puts a newer one in the place of an older one, after a backup. What people entered is not touched.
#   ./install.sh                   for me alone; as root: for all on this computer
#   ./install.sh --this-computer   for all on this computer (asks for root)
#   ./install.sh --only-me         for me alone
#   ./install.sh --without-backup  where no backup can be made; may stand beside the others
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
backup=yes
for wish; do
    case "$wish" in
        --this-computer) whose=computer ;;
        --only-me) whose=me ;;
        --without-backup) backup=no ;;
        *) stop "មិនស្គាល់ $wish ទេ។ សូមប្រើ --this-computer ឬ --only-me។" "$wish is not known. Use --this-computer or --only-me." ;;
    esac
done
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
    umask 022 # or nobody but root could start it
    place=/opt/tlbb-desktop programs=/usr/local/bin shared=/usr/local/share
else
    place=$HOME/.local/lib/tlbb-desktop programs=$HOME/.local/bin shared=${XDG_DATA_HOME:-$HOME/.local/share}
fi
require_closed() { # a running program must not lose its files, nor write while it is backed up
    [ -z "$(running "$place")" ] || stop "TLBB Desktop កំពុងបើក។ សូមបិទផ្ទាំងរបស់វា (ក្នុងគណនីទាំងអស់ បើដំឡើងសម្រាប់អ្នកទាំងអស់) រួចដំណើរការ install.sh ម្តងទៀត។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
        "TLBB Desktop is open. Close its window (in every account, where it is installed for all), then run install.sh again. Nothing was changed."
}

back_up() { # program
    if [ "$whose" = computer ]; then
        back_up_accounts "$1"
    else
        "$1" backup copy >/dev/null ||
            stop "មិនអាចបម្រុងទុកកំណត់ត្រាបានទេ ដូច្នេះកម្មវិធីមិនបានផ្លាស់ប្តូរទេ។ សូមដោះស្រាយអ្វីដែលបន្ទាត់ខាងលើប្រាប់។ បើមិនបាន អាចដំឡើងដោយមិនបម្រុងទុក៖ ./install.sh --without-backup។ កំណត់ត្រានៅដដែល។" \
                "The record could not be backed up, so the program was not changed. Put right what the line above says. Where that cannot be done, install without a backup: ./install.sh --without-backup. The record stays as it is."
    fi
}

. ./places.sh
require_closed
mkdir -p "$place" "$programs" "$shared/applications" "$shared/icons/hicolor/scalable/apps"
exec 9<"$place"
! command -v flock >/dev/null || flock -n 9 || stop "install.sh មួយទៀតកំពុងដំណើរការ។ សូមរង់ចាំវាចប់។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
    "Another install.sh is at work. Wait until it has ended. Nothing was changed."
new=$(mktemp -d "$place/program-XXXXXX")
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM HUP
cp -R program/. "$new" 2>/dev/null || true
chmod -R u+w,go-w,a+rX "$new"
find "$new" -type f -exec sync {} +
(cd "$new" && sha256sum --check --quiet --strict files.sha256 >/dev/null 2>&1) ||
    stop "ឯកសារមិនបានចម្លងគ្រប់ទេ។ សូមមើលកន្លែងទំនេរលើថាស។ គ្មានអ្វីផ្លាស់ប្តូរទេ។" \
        "The files did not arrive whole. Look for room on the disk. Nothing was changed."
[ "$backup" = no ] || back_up "$new/tlbb-desktop"
for script in places.sh uninstall.sh; do # whole before the switch, and the one that the other reads first
    cp "$script" "$place/$script.new"
    sync "$place/$script.new"
    mv "$place/$script.new" "$place/$script"
done
require_closed
ln -sfn "$(basename "$new")" "$place/program.next"
if [ -d "$place/program" ] && [ ! -L "$place/program" ]; then # of the first installer, which made no link
    mv "$place/program" "$place/program-first"
fi
mv -T "$place/program.next" "$place/program"
trap - EXIT INT TERM HUP
remove_unused "$place"
ln -sf "$place/program/tlbb-desktop" "$programs/tlbb-desktop"
cp share/tlbb-desktop.svg "$shared/icons/hicolor/scalable/apps/tlbb-desktop.svg"
sed "s|^Exec=.*|Exec=\"$place/program/tlbb-desktop\"|" share/tlbb-desktop.desktop > "$shared/applications/tlbb-desktop.desktop"
for other in /usr/lib/tlbb-desktop /opt/tlbb-desktop/program "$HOME/.local/lib/tlbb-desktop/program"; do
    [ "$other" != "$place/program" ] && [ -e "$other/tlbb-desktop" ] || continue
    say "មាន TLBB Desktop មួយទៀតនៅ $other។ ទាំងពីរបើកកំណត់ត្រាតែមួយ។ សូមលុបមួយ ដើម្បីកុំឱ្យកំណែខុសគ្នា។" \
        "Another TLBB Desktop lies in $other. Both open the same record. Remove one, so that they never differ."
done
say "បានដំឡើងរួចហើយ។ សូមបើក TLBB Desktop ពីបញ្ជីកម្មវិធី។ ដើម្បីលុប៖ $place/uninstall.sh" \
    "Installed. Open TLBB Desktop from the list of programs. To remove it: $place/uninstall.sh"
