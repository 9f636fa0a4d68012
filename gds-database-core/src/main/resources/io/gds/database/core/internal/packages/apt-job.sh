LOCKED='Could not get lock|was locked by another process'
DEBIAN_FRONTEND=noninteractive
DEBCONF_NONINTERACTIVE_SEEN=true
APT_LISTCHANGES_FRONTEND=none
APT_LISTBUGS_FRONTEND=none
UCF_FORCE_CONFFOLD=1
# It must restart nothing: the first keeps its hook from calling it, the second overrides its configuration.
NEEDRESTART_SUSPEND=gds-database
NEEDRESTART_MODE=l
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND DEBCONF_NONINTERACTIVE_SEEN APT_LISTCHANGES_FRONTEND APT_LISTBUGS_FRONTEND UCF_FORCE_CONFFOLD
export NEEDRESTART_SUSPEND NEEDRESTART_MODE PATH

POLICY=/usr/sbin/policy-rc.d
MARK='gds-database: no service is started or stopped while it installs packages'

held() { # packages; those that somebody holds
    for pin; do
        dpkg-query -W -f '${db:Status-Want} ${Package}:${Architecture}\n' -- "${pin%%=*}" 2>/dev/null
    done | sed -n 's/^hold //p'
}

versions() { # packages; the same with the versions that are there
    for pin; do
        echo "${pin%%=*}=$(dpkg-query -W -f '${Version}' -- "${pin%%=*}" 2>/dev/null)"
    done
}

forbid_services() {
    if [ -e $POLICY ] || [ -L $POLICY ]; then
        grep -q "$MARK" $POLICY || return 0 # the administrator's own
    fi
    {
        echo '#!/bin/sh'
        echo "# $MARK"
        echo '# Without effect, and to be deleted, once that is over.'
        echo "[ -e '$dir/lock' ] || exit 0"
        echo "flock -n '$dir/lock' true && exit 0"
        echo 'exit 101'
    } >$POLICY.gds-new && chmod 755 $POLICY.gds-new && mv -f $POLICY.gds-new $POLICY
}

transact() { # name=version ...
    forbid_services
    # Of an interrupted dpkg; what it cannot configure yet, the installation completes.
    if [ -n "$(dpkg --audit 2>&1)" ] || [ -n "$(ls /var/lib/dpkg/updates/ 2>/dev/null)" ]; then
        patiently dpkg --force-confdef --force-confold --configure -a
    fi
    again=
    for pin; do # apt takes a package that broke half way for installed when its version is the wanted one
        case $(dpkg-query -W -f '${db:Status-Eflag}' -- "${pin%%=*}" 2>/dev/null) in
            *reinstreq*) again=--reinstall ;;
        esac
    done
    patiently apt-get -q -y -o DPkg::Lock::Timeout="$patience" -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
        --no-install-recommends --no-remove --allow-downgrades --allow-change-held-packages $again install "$@"
}

settle() { # dpkg forgets a hold when it unpacks; also those that an earlier, interrupted attempt had found
    if [ -s "$dir/unfinished" ]; then
        patiently apt-mark hold $(cat "$dir/unfinished") || return
    fi
    if grep -q "$MARK" $POLICY 2>/dev/null; then
        rm -f $POLICY
    fi
}

whole() { # packages; whether each is as a dpkg that was never interrupted leaves it
    for pin; do
        case $(dpkg-query -W -f '${db:Status-Status} ${db:Status-Eflag}' -- "${pin%%=*}" 2>/dev/null) in
            'installed ok' | 'not-installed ok' | 'config-files ok' | '') ;;
            *) return 1 ;;
        esac
    done
}
