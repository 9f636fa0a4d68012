package io.gds.database.core.internal.ssh.windows;

import io.gds.database.error.GdsDatabaseException;
import java.util.regex.Pattern;

/**
 * A file of a Windows host.
 *
 * @param windows as its programs write it, {@code C:\\ProgramData\\gds\\claim}
 */
record HostPath(String windows) {
    /** A colon further on would be another stream of the file; the rest Windows has in no name. */
    private static final Pattern WHOLE = Pattern.compile("[A-Za-z]:(?:[\\\\/][^\\\\/:*?\"<>|\\p{Cntrl}]+)+");

    /**
     * Checks it.
     *
     * @throws GdsDatabaseException with code {@code GDS-FILE} for one that is no whole path of a file
     */
    static HostPath of(String host, String path) {
        if (!WHOLE.matcher(path).matches()) {
            throw GdsDatabaseException.user("GDS-FILE")
                    .message("path on host " + host + ": found \"" + path
                            + "\", expected a file's with its drive, such as C:\\ProgramData\\gds\\claim.")
                    .remedy("write the whole path; of another host's share nothing is read or written.")
                    .build();
        }
        return new HostPath(path.replace('/', '\\'));
    }

    /** As SFTP names it: {@code /C:/ProgramData/gds/claim}. */
    String sftp() {
        return "/" + windows.replace('\\', '/');
    }

    /** The folder that it is in, as SFTP names it; that of a drive is {@code /C:/}. */
    static String folder(String sftp) {
        String up = sftp.substring(0, sftp.lastIndexOf('/'));
        return up.endsWith(":") ? up + "/" : up;
    }

    /** One beside it. */
    HostPath beside(String ending) {
        return new HostPath(windows + "." + ending);
    }
}
