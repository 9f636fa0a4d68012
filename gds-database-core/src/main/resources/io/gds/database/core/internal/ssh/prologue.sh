# What every program of ours on the host begins with. Each file here is sent as one line (comments dropped, lines joined),
# so a statement ends with its own separator; the shell that login or sudo gave us reads it. It needs a POSIX shell,
# coreutils, grep, setsid of util-linux, and Linux's /proc.
# Channels: 3 what comes from the connection, 4 and 5 where output and errors go; 5 carries our own words too.
cd /;
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin;
exec 3<&0 4>&1 5>&2 </dev/null >/dev/null 2>&1;
# A lost connection must not end us at our next word: the command's end is still ours to see to.
trap : PIPE;
gds_say() { printf "gds-%s %s\n" "$gds_id" "$*" >&5; };
# A program in a path, as execvp would find it: told here, a missing program is not mistaken for one that fails.
gds_find() {
    gds_prog=;
    case $1 in
        "") ;;
        /*) gds_prog=$1 ;;
        */*) gds_prog=/$1 ;;
        *) set -f;
            IFS=:;
            for gds_dir in $2; do
                case $gds_dir in
                    /*) [ -f "$gds_dir/$1" ] && [ -x "$gds_dir/$1" ] && { gds_prog=$gds_dir/$1; break; } ;;
                esac;
            done;
            unset IFS;
            set +f ;;
    esac;
    [ -f "$gds_prog" ] && [ -x "$gds_prog" ];
};
gds_find setsid "$PATH" || { gds_say missing setsid; exit; };
gds_setsid=$gds_prog;
gds_find "$1" "${gds_path-$PATH}" || { gds_say missing program; exit; };
shift;
