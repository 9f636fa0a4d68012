# Removes a clone, whatever is there of it; its note goes last. Arguments: the clone's directory, its units.
path=$1
shift
case $path in */gds-clone-?*) ;; *) exit 64 ;; esac
known=
for unit; do
    systemctl kill -s KILL -- "$unit"
    systemctl stop -- "$unit"
    [ ! -e "/run/systemd/system/$unit" ] || { rm -f -- "/run/systemd/system/$unit" && known=yes; }
    systemctl reset-failed -- "$unit"
done 2>/dev/null
[ -z "$known" ] || systemctl daemon-reload
for process in /proc/[0-9]*; do
    case $(readlink "$process/cwd") in "$path" | "$path"/*) kill -s KILL "${process#/proc/}" ;; esac
done 2>/dev/null
find "$path" -mindepth 1 -maxdepth 1 ! -name clone.json -exec rm -rf -- {} + 2>/dev/null
rm -rf -- "$path"
