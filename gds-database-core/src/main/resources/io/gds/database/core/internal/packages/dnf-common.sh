LC_ALL=C.UTF-8
export LC_ALL
DNF=$(command -v dnf || command -v yum) || DNF=dnf
# Somebody's version locks stay where they are: we look past them, and whoever comes after us does not.
PAST_LOCKS=
[ ! -e /etc/dnf/plugins/versionlock.conf ] || PAST_LOCKS=--disableplugin=versionlock
