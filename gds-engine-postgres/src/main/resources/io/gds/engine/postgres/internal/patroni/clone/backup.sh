# Copies a server. The password comes by standard input, since words of a command are seen by everybody on the host.
# Arguments: the clone's directory, the program and its words.
IFS= read -r PGPASSWORD
export PGPASSWORD
cd -- "$1" || exit # which is gone when the clone was destroyed meanwhile
shift
exec "$@" </dev/null
