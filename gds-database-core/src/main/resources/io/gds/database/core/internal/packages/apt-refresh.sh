# Fetches the index, unless that was done within the last minutes. Arguments: our directory, patience in seconds.
stamp=$1/refreshed
LC_ALL=C
export LC_ALL
[ -z "$(find "$stamp" -mmin -5 2>/dev/null)" ] || exit 0
deadline=$(($(date +%s) + $2))
while :; do
    said=$(apt-get -q -o APT::Update::Error-Mode=any update 2>&1 </dev/null) && break
    case $said in
        *'Could not get lock'*) [ "$(date +%s)" -lt $deadline ] && sleep 1 && continue ;;
    esac
    echo "$said" >&2
    exit 1
done
umask 022 && mkdir -p "$1" && : >"$stamp"
