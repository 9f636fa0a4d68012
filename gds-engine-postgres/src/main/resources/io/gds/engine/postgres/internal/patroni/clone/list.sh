# Prints the clones in a directory: name, tab, note.
for directory in "$1"/gds-clone-*/; do
    [ -d "$directory" ] || continue
    directory=${directory%/}
    printf '%s\t' "${directory##*/}"
    tr -d '\n\t' <"$directory/clone.json" 2>/dev/null
    echo
done
