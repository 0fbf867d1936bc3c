# The Debian package, after its files were unpacked: the new program, which is whole, copies each account's closed record.
# A record is brought up at a login only, so it is still as it was. Nothing is refused. A window that is open notices the
# new program itself, and asks to be locked.
case "${1:-}" in
    configure)
        [ -z "${2:-}" ] || back_up_accounts /usr/lib/tlbb-desktop/tlbb-desktop || true # $2: the version before
        ;;
esac
