# Fetches packages into apt's cache. Arguments: patience in seconds, packages.
patience=$1
shift
LC_ALL=C DEBIAN_FRONTEND=noninteractive
export LC_ALL DEBIAN_FRONTEND
deadline=$(($(date +%s) + patience))
while :; do
    said=$(apt-get -q -y -d -o DPkg::Lock::Timeout="$patience" --no-install-recommends --reinstall --allow-downgrades \
        --allow-change-held-packages install "$@" 2>&1 </dev/null) && exit 0
    case $said in
        *'Could not get lock'*) [ "$(date +%s)" -lt $deadline ] && sleep 1 && continue ;;
    esac
    echo "$said" >&2
    exit 1
done
