# How much room there is. Arguments: paths; where one does not exist, its next parent that does counts.
LC_ALL=C
export LC_ALL
for path; do
    at=$path
    while ! [ -e "$at" ]; do at=$(dirname "$at"); done
    df -Pk -- "$at" | awk -v path="$path" 'NR == 2 { print "room\t" path "\t" $6 "\t" $4 }'
done
