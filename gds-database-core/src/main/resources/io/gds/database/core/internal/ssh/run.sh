# One command from its start to its end. Before it stand gds_id, gds_mark, gds_limit (seconds), gds_mode (none, text,
# spool, stream), gds_text, gds_size, gds_killer (kill.sh), gds_env() and the command's words.
# All of a large input is here before the command starts: a lost connection cannot cut it short.
if [ "$gds_mode" = spool ]; then
    gds_file=$(mktemp) && head -c "$gds_size" <&3 >"$gds_file" && [ "$(wc -c <"$gds_file")" -eq "$gds_size" ]
        && exec 8<"$gds_file" || gds_mode=broken;
    rm -f "$gds_file";
    [ "$gds_mode" = broken ] && { gds_say missing input; exit; };
fi;
gds_self=$$;
eval "$gds_killer";
# The clock leads a session of its own, so that it can be stopped whole. Once it rings it cannot be stopped any more.
"$gds_setsid" sh -c "sleep \$1 || sleep \${1%.*} || exit; trap \"\" TERM; trap : PIPE; gds_id=\$2 gds_mark=\$3 gds_self=\$4 gds_clock=\$\$; eval \"\$5\"; printf \"gds-%s over\n\" \$2 >&5; gds_kill"
    gds "$gds_limit" "$gds_id" "$gds_mark" "$gds_self" "$gds_killer" 3<&- 4>&- 5>&5 8<&- &
gds_clock=$!;
# A shell holds signals back while it forks: what it forked after ours came is known only once it is dead itself.
gds_stop() {
    kill -s TERM -- "-$gds_clock";
    kill -s TERM "$gds_clock";
    wait "$gds_clock";
    kill -s TERM -- "-$gds_clock";
};
# Whoever waits at the other end may say: end (the command), or leave (a daemon holds our pipes; go without it).
gds_listen() {
    while IFS= read -r gds_line; do
        case $gds_line in
            end) trap "" TERM; gds_kill; trap - TERM ;;
            leave) kill -s KILL "$gds_self"; gds_stop; exit ;;
        esac;
    done;
};
gds_ear=;
[ "$gds_mode" = stream ] || { gds_listen <&3 3<&- 4>&- 8<&- & gds_ear=$!; };
# Between the command and the connection: when that breaks, the command may write on and notices nothing.
gds_relay() { cat || exec cat >/dev/null; };
gds_start() { gds_env; exec "$gds_setsid" "$gds_prog" "$@" 2>&7 3<&- 4>&- 5>&- 7>&- 8<&-; };
gds_job() {
    case $gds_mode in
        text) printf %s "$gds_text" | (gds_start "$@") ;;
        spool) (gds_start "$@") <&8 ;;
        stream) head -c "$gds_size" <&3 | (gds_start "$@") ;;
        *) (gds_start "$@") </dev/null ;;
    esac;
    gds_say exit $?;
};
{ gds_job "$@" 7>&1 >&6 6>&- | gds_relay >&5 3<&- 4>&- 5>&- 6>&- 8<&-; } 6>&1 | gds_relay >&4 3<&- 4>&- 5>&- 8<&-;
[ -z "$gds_ear" ] || kill -s TERM "$gds_ear";
gds_stop;
exit 0;
