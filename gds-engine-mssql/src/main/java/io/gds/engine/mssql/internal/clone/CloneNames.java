package io.gds.engine.mssql.internal.clone;

import io.gds.database.run.RunId;
import io.gds.engine.mssql.internal.sql.SqlName;

/**
 * What a run calls what it makes. Its own name is in all of them: whatever has such a name is the run's, whoever finds it.
 *
 * @param run the run
 */
record CloneNames(RunId run) {
    /** What the copies of all runs begin with. */
    static final String EVERYBODYS = "gds_clone_";

    private static final int LONGEST = 128;

    /** What the run's copies begin with. */
    String prefix() {
        return EVERYBODYS + run + "_";
    }

    /**
     * The copy of a database.
     *
     * @param of its name in production
     * @param number its place in the plan, which tells names apart that are too long
     */
    SqlName database(String of, long number) {
        String whole = prefix() + of;
        if (whole.length() <= LONGEST) {
            return new SqlName(whole);
        }
        int room = LONGEST - prefix().length() - (number + "_").length();
        // Half of a character that takes two places is none.
        int end = Character.isHighSurrogate(of.charAt(room - 1)) ? room - 1 : room;
        return new SqlName(prefix() + number + "_" + of.substring(0, end));
    }

    /** What the names of a copy's files begin with: names of databases need not be names of files. */
    String stem(long number) {
        return prefix() + number;
    }

    /** The ending that the run's backups have and nobody else's. */
    String extension() {
        return "gds" + run.value().replace("-", "");
    }

    /** The backup of a database. */
    String backup(long number) {
        return EVERYBODYS + number + "." + extension();
    }
}
