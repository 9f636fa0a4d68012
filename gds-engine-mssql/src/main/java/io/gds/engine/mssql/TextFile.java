package io.gds.engine.mssql;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files that people wrote. */
final class TextFile {
    private TextFile() {}

    /**
     * The text of a file.
     *
     * @param what the file is, for messages: {@code mapping}
     * @throws GdsDatabaseException with code {@code GDS-FILE} when it cannot be read
     */
    static String read(String what, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw GdsDatabaseException.user("GDS-FILE")
                    .message("cannot read the " + what + " " + file + ": "
                            + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                    .remedy("check that the file is there, in UTF-8, and open to the user of this process.")
                    .cause(e)
                    .build();
        }
    }
}
