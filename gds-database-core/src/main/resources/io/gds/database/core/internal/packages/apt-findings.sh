# What could get in the way of an installation. Changes nothing.
LC_ALL=C
export LC_ALL

for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/cache/apt/archives/lock; do
    pid=$(holder "$file")
    [ -z "$pid" ] || printf 'lock\t%s\t%s\t%s\n' "$file" "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"
done

# Half-installed, unpacked or half-configured, or to be reinstalled; triggers are what dpkg's next run is for.
dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\n' | awk -F '\t' 'substr($1, 2, 1) ~ /[HUF]/ || substr($1, 3, 1) == "R" { print "broken\t" $2 }'

apt-config dump 2>/dev/null | grep -i needrestart | grep -Fv '/usr/lib/needrestart/apt-pinvoke' | sed 's/^/restarter\t/'
grep -H '^[[:space:]]*\(pre\|post\)-invoke.*needrestart' /etc/dpkg/dpkg.cfg /etc/dpkg/dpkg.cfg.d/* 2>/dev/null | sed 's/^/restarter\t/'
if [ -e /usr/lib/needrestart/apt-pinvoke ]; then
    grep -q NEEDRESTART_SUSPEND /usr/lib/needrestart/apt-pinvoke || printf 'restarter\t%s\n' \
        '/usr/lib/needrestart/apt-pinvoke does not know NEEDRESTART_SUSPEND'
    # Its configuration is Perl; only Perl can say what it comes to.
    perl -e '
        our %nrconf = (restart => "i", verbosity => 0);
        our ($opt_r, $LOGPREF) = (undef, "");
        { local $/; open my $in, "<", "/etc/needrestart/needrestart.conf" or exit; eval <$in>; }
        my $mode = $opt_r // $nrconf{restart};
        print "automatic\t$mode\n" if $mode eq "a";
    ' </dev/null 2>/dev/null
fi
exit 0
