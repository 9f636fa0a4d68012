LOCKED='already locked'
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH

held() { :; } # version locks stay in place throughout

versions() { # packages; the same with the versions that are there
    for pin; do
        rpm -q --qf '%{NAME}-%{EVR}.%{ARCH}\n' -- "$(name_of "$pin")" | grep -F ".${pin##*.}"
    done
}

name_of() {
    echo "$1" | sed 's/-[^-]*-[^-]*$//'
}

wait_for_rpm() { # rpm itself waits for its lock without end
    pid=$(holder "$(rpm --eval '%{_dbpath}')/.rpm.lock")
    [ -n "$pid" ] || return 0
    echo "rpm is already locked by process $pid"
    return 1
}

run() { # a verb and packages; first with what was fetched before, so that nothing depends on a repository now
    patiently wait_for_rpm || return
    patiently "$DNF" -y -C $PAST_LOCKS --setopt=exit_on_lock=1 --setopt=keepcache=1 "$@" && return
    [ $code -eq 1 ] || return $code # neither locked out nor killed
    patiently "$DNF" -y $PAST_LOCKS --setopt=exit_on_lock=1 --setopt=keepcache=1 "$@"
}

doubles() { # packages; the versions of them that are there beside the wanted ones
    for pin; do
        versions "$pin" | grep -Fxv -- "$pin"
    done
}

transact() { # name-[epoch:]version-release.architecture ...
    run install "$@" || return
    [ -n "$resumed" ] || return 0
    # Of an interrupted transaction: rpm does without the other versions, then all files are written anew.
    double=$(doubles "$@")
    [ -z "$double" ] || rpm -e $double || return
    run reinstall "$@"
}

settle() { :; }

whole() { # packages
    [ $ended -ne 0 ] || return 0
    for pin; do
        # After a failure each file counts, except those that administrators change.
        rpm -q -- "$(name_of "$pin")" >/dev/null || continue
        [ -z "$(rpm -V --nomtime --nomode --nouser --nogroup --nocaps --nodeps --noscripts -- "$(name_of "$pin")" |
            grep -v '^[^/]* c /')" ] || return
    done
}
