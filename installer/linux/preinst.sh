# The Debian package, before its files are unpacked: the program that is installed copies each account's closed record.
# It refuses nothing. A window that is open notices the new program itself, and asks to be locked.
case "${1:-}" in
    upgrade)
        [ ! -x /usr/lib/tlbb-desktop/tlbb-desktop ] || back_up_accounts /usr/lib/tlbb-desktop/tlbb-desktop || true
        ;;
esac
