# What install.sh, uninstall.sh and the Debian package share: which program runs from where, and whose record is backed up.
#
# A place holds program-XXXXXX, a folder for each version that still runs, and program, a link to the newest.

running() { # folder -> the programs in it that run, as far as this account may see them
    readlink /proc/[0-9]*/exe 2>/dev/null | while IFS= read -r program; do
        case "$program" in "$1"/*) printf '%s\n' "$program" ;; esac
    done
}

remove_unused() { # place: what broke off, or was followed by a newer one, and from which nothing runs
    for folder in "$1"/program-*; do
        [ -d "$folder" ] || continue
        [ "$(basename "$folder")" != "$(readlink "$1/program")" ] || continue
        [ -n "$(running "$folder")" ] || rm -rf "$folder"
    done
}

back_up_accounts() { # program: as root, let every account that has a record copy it, as itself; one that fails is told
    getent passwd | while IFS=: read -r name _ number _ _ home _; do
        [ "$number" = 0 ] || { [ "$number" -ge 1000 ] && [ "$number" -lt 60000 ]; } || continue
        [ -f "$home/.local/share/tlbb-desktop/programme.db" ] || continue
        runuser -u "$name" -- env HOME="$home" LC_ALL=C.UTF-8 "$1" \
            --home "$home/.local/share/tlbb-desktop" backup copy >/dev/null </dev/null ||
            printf '%s\n%s\n' "កំណត់ត្រារបស់គណនី $name មិនបានបម្រុងទុកមុនដំឡើងទេ។ វានៅដដែល។" \
                "The record of the account $name was not backed up before the update. It is as it was." >&2
    done
}
