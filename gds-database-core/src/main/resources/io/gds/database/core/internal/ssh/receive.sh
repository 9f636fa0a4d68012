# Receives a file from standard input. Arguments: temporary name, final name, directory, SHA-256, mode, owner or nothing.
# The final name gets the whole file or is left as it was; exit code 65 says that the checksum differed.
set -eC;
umask 077;
trap "rm -f -- \"\$1\"" EXIT;
cat >"$1";
gds_sum=$(sha256sum <"$1");
[ "${gds_sum%% *}" = "$4" ] || { echo "received ${gds_sum%% *}" >&2; exit 65; };
[ -z "$6" ] || chown -- "$6:" "$1";
chmod -- "$5" "$1";
sync -- "$1";
mv -fT -- "$1" "$2";
trap - EXIT;
sync -- "$3";
