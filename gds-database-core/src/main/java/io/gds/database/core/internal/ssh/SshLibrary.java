package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;

/** The library sshj, which a program adds by itself when it wants to reach hosts this way. */
public final class SshLibrary {
    private static final String CLIENT = "net.schmizz.sshj.SSHClient";

    private SshLibrary() {}

    /**
     * Refuses shells that need it when it is not there.
     *
     * @throws GdsDatabaseException with code {@code GDS-SSH-LIBRARY}
     */
    public static void require(String host, String type) {
        try {
            Class.forName(CLIENT, false, SshLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw GdsDatabaseException.user("GDS-SSH-LIBRARY")
                    .message("shell.type of host " + host + ": found \"" + type
                            + "\", but the library sshj is not there.")
                    .remedy("add com.hierynomus:sshj to the program's dependencies (on the module path also"
                            + " --add-modules com.hierynomus.sshj), or use shell.type local.")
                    .cause(e)
                    .build();
        }
    }
}
