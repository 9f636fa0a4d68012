# The process that has locked a file. The table of locks knows inodes by their numbers alone, and the same numbers are used in
# many a file system: beside containers only what a process has open tells whose lock it is.
holder() { # file
    inode=$(stat -c %i "$1" 2>/dev/null) || return 0
    awk -v inode="$inode" '$2 == "POSIX" && $5 > 0 { n = split($6, at, ":"); if (at[n] == inode) print $5 }' /proc/locks |
        while read -r pid; do
            for open in "/proc/$pid/fd"/*; do
                [ "$open" -ef "$1" ] && echo "$pid" && exit
            done
        done
}
