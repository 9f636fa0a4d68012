# Two releases of a product and some that are trouble, as a repository. Runs inside the tree; argument: where.
# Scriptlets of the server package stop at a gate when the test has put one: they read a FIFO that nobody writes.
set -eu
repo=$1
mkdir -p "$repo" /etc/yum.repos.d /etc/rpm /etc/dnf/vars
# As on a host of that kind, not as Debian has it.
echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros
sed -i 's/^enabled *=.*/enabled = false/' /etc/dnf/plugins/local.conf
echo 9 >/etc/dnf/vars/releasever
printf '[acme]\nname=acme\nbaseurl=file://%s\ngpgcheck=0\n' "$repo" >/etc/yum.repos.d/acme.repo

rpm_of() { # spec
    rpmbuild --quiet -bb --define "_rpmdir $repo" \
        --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' "$1"
}

simple() { # name, further lines
    printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: for tests\nLicense: none\nBuildArch: noarch\n%s\n%%description\n-\n%%files\n' \
        "$1" "$2" >/tmp/simple.spec
    rpm_of /tmp/simple.spec
}

release() { # version, release, further line of the server
    cat >/tmp/acme.spec <<S
Name: acme
Version: $1
Release: $2
Summary: for tests
License: none
BuildArch: noarch
Requires: acme-libs = $1-$2
%description
-
%package server
Summary: for tests
Requires: acme-libs = $1-$2
${3:-}
%description server
-
%package libs
Summary: for tests
%description libs
-
%install
mkdir -p %{buildroot}/usr/lib/acme/15/bin %{buildroot}/usr/share/acme %{buildroot}/etc/acme
for f in usr/lib/acme/15/bin/acmed usr/share/acme/client usr/share/acme/libs etc/acme/acme.conf; do
    echo $1-$2 >%{buildroot}/\$f
done
%files
/usr/share/acme/client
%files libs
/usr/share/acme/libs
%files server
/usr/lib/acme/15/bin/acmed
%config(noreplace) /etc/acme/acme.conf
%pre server
if [ -p /srv/gate-pre ]; then echo \$PPID >/srv/at-gate; read x </srv/gate-pre; fi
%post server
if [ -p /srv/gate-post ]; then echo \$PPID >/srv/at-gate; read x </srv/gate-post; fi
%postun server
if [ -p /srv/gate-postun ]; then echo \$PPID >/srv/at-gate; read x </srv/gate-postun; fi
S
    rpm_of /tmp/acme.spec
}

simple debian-base 'Provides: /bin/sh'
simple bystander ''
simple newcomer ''
release 15.9 1.el9
release 15.18 1.el9
release 15.20 1.el9
release 15.20 10.el9
release 15.30 1.el9 'Conflicts: bystander'
release 15.31 1.el9 'Requires: newcomer'
release 15.32 1.el9
rm "$repo"/acme-libs-15.32*
createrepo_c -q "$repo"
dnf -q -y install acme-15.18-1.el9 acme-server-15.18-1.el9
