# Starts a program that outlives us. Before it stand gds_id, gds_env() and the program's words.
(gds_env; exec "$gds_setsid" "$gds_prog" "$@" 3<&- 4>&- 5>&-) &
gds_pid=$!;
sleep 0.1;
gds_code=0;
kill -s 0 "$gds_pid" || { wait "$gds_pid"; gds_code=$?; };
gds_say exit "$gds_code";
exit 0;
