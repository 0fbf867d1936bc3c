# What install.sh, uninstall.sh and the Debian package share: which program runs from where, and whose record is backed up.
#
# A place holds program-XXXXXX, a folder for each version that still runs, and program, a link to the newest.

BACKUP_SECONDS=600 # an account whose home hangs must not hold up the others

running() { # folder -> the programs in it that run, as far as this account may see them
    real=$(readlink -f "$1") || return 0 # the system lists programs by their real names, whatever links lead there
    readlink /proc/[0-9]*/exe 2>/dev/null | while IFS= read -r program; do
        case "$program" in "$real"/*) printf '%s\n' "$program" ;; esac
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
    accounts=$(getent passwd) || printf '%s\n%s\n' "មិនអាចរាយបញ្ជីគណនីបានទេ ដូច្នេះគ្មានកំណត់ត្រាណាបានបម្រុងទុកមុនដំឡើងទេ។" \
        "The accounts could not be listed, so no record was backed up before the update." >&2
    printf '%s\n' "$accounts" | while IFS=: read -r name _ number _ _ home _; do
        [ "${number:-1}" = 0 ] || { [ "${number:-1}" -ge 1000 ] && [ "$number" != 65534 ]; } || continue
        [ -f "$home/.local/share/tlbb-desktop/programme.db" ] || continue
        back_up_as "$name" "$home" "$1" || printf '%s\n%s\n' \
            "កំណត់ត្រារបស់គណនី $name មិនបានបម្រុងទុកមុនដំឡើងទេ។ វានៅដដែល។ ដើម្បីដឹងមូលហេតុ សូមវាយក្នុងគណនីនោះ៖ tlbb-desktop backup copy" \
            "The record of the account $name was not backed up before the update. It is as it was. To see why, run there: tlbb-desktop backup copy" >&2
    done
}

back_up_as() { # account, its home, program: away from this terminal, into which the account could otherwise type
    setsid -w timeout -k 10 "$BACKUP_SECONDS" runuser -u "$1" -- \
        env -i HOME="$2" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$3" --home "$2/.local/share/tlbb-desktop" backup copy \
        </dev/null >/dev/null 2>&1
}
