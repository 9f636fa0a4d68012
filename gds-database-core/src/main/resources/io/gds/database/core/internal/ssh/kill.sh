# Ends the processes of a command. Needs gds_self (its keeper's process), gds_clock (not to be ended) and gds_mark.
gds_sessions=" ";
# Sets gds_found: what left the keeper's session below it, what carries the mark, all of their sessions, and what these
# started. The dead that nobody has buried yet can do no harm.
gds_scan() {
    gds_all=;
    for gds_dir in /proc/[0-9]*; do
        IFS= read -r gds_line <"$gds_dir/stat" || continue;
        gds_p=${gds_line%% *};
        set -- ${gds_line##*) };
        [ "$gds_p" = "$gds_self" ] && gds_own=$4;
        case $1 in Z | X) ;; *) gds_all="$gds_all $gds_p:$2:$4" ;; esac;
    done;
    gds_below=" $gds_self ";
    gds_grow below;
    for gds_one in $gds_all; do
        gds_s=${gds_one##*:};
        case $gds_below in
            *" ${gds_one%%:*} "*) [ "$gds_s" = "$gds_own" ] || gds_sessions="$gds_sessions$gds_s " ;;
        esac;
    done;
    gds_found=" ";
    for gds_dir in $(grep -lsaF "GDS_COMMAND=$gds_mark" /proc/[0-9]*/environ); do
        gds_dir=${gds_dir#/proc/};
        gds_found="$gds_found${gds_dir%/environ} ";
    done;
    for gds_one in $gds_all; do
        case $gds_sessions in *" ${gds_one##*:} "*) gds_found="$gds_found${gds_one%%:*} " ;; esac;
    done;
    gds_grow found;
    gds_alive=;
    for gds_one in $gds_all; do
        case $gds_found in *" ${gds_one%%:*} "*) gds_alive="$gds_alive ${gds_one%%:*}" ;; esac;
    done;
    gds_found=$gds_alive;
};
# Adds the children of those in a list, and theirs.
gds_grow() {
    eval "gds_list=\$gds_$1";
    gds_more=1;
    while [ -n "$gds_more" ]; do
        gds_more=;
        for gds_one in $gds_all; do
            gds_p=${gds_one%%:*};
            gds_q=${gds_one#*:};
            [ "$gds_p" = "$gds_clock" ] && continue;
            case $gds_list in *" $gds_p "*) continue ;; esac;
            case $gds_list in *" ${gds_q%%:*} "*) gds_list="$gds_list$gds_p "; gds_more=1 ;; esac;
        done;
    done;
    eval "gds_$1=\$gds_list";
};
# Until nothing is left: what forks while we look is found in the next round.
gds_kill() {
    gds_round=0;
    while gds_scan; [ -n "$gds_found" ] && [ "$gds_round" -lt 100 ]; do
        kill -s KILL $gds_found;
        sleep 0.05;
        gds_round=$((gds_round + 1));
    done;
    printf "gds-%s ended%s\n" "$gds_id" "$gds_found" >&5;
};
