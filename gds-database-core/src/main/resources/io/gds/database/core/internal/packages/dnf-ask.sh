# Arguments: what to do, packages. Changes nothing but caches, and the directory that is named.
what=$1
shift
case $what in
    offers)
        shape='offer\t%{name}\t%{arch}\t%{evr}\t%{sourcerpm}\t%{downloadsize}\t%{installsize}\n'
        # Newer ones show all versions anyway, and do not know the option.
        "$DNF" -q $PAST_LOCKS repoquery --showduplicates --qf "$shape" "$@" 2>/dev/null ||
            "$DNF" -q $PAST_LOCKS repoquery --qf "$shape" "$@"
        ;;
    simulate) "$DNF" $PAST_LOCKS --assumeno install "$@" ;;
    download)
        deadline=$(($(date +%s) + $1))
        verb=$2
        shift 2
        while :; do
            said=$("$DNF" -q -y $PAST_LOCKS --setopt=exit_on_lock=1 --setopt=keepcache=1 --downloadonly "$verb" "$@" 2>&1 </dev/null)
            code=$?
            case $said in
                *'already locked'*) [ "$(date +%s)" -lt $deadline ] && sleep 1 && continue ;;
            esac
            echo "$said" >&2
            exit $code
        done
        ;;
    unpack)
        dir=$1
        shift
        [ ! -d "$dir" ] || exit 0
        umask 022
        rm -rf -- "$dir.rpms" "$dir.new" && mkdir -- "$dir.rpms" "$dir.new" || exit
        "$DNF" -q -y $PAST_LOCKS --downloadonly --destdir="$dir.rpms" install "$@" >&2 </dev/null || exit
        for rpm in "$dir.rpms"/*.rpm; do
            rpm2archive "$rpm" >&2 && tar -xzf "$rpm.tgz" -C "$dir.new" || exit
        done
        chown -R --reference="$(dirname -- "$dir")" -- "$dir.new" && mv -T -- "$dir.new" "$dir" && rm -rf -- "$dir.rpms"
        ;;
    refresh)
        stamp=$1/refreshed
        [ -z "$(find "$stamp" -mmin -5 2>/dev/null)" ] || exit 0
        "$DNF" -q makecache --refresh && umask 022 && mkdir -p "$1" && : >"$stamp"
        ;;
esac
