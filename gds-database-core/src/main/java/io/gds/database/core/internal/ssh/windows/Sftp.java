package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.ssh.Connection;
import io.gds.database.core.internal.ssh.Connections;
import io.gds.database.core.internal.ssh.Watch;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Optional;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RenameFlags;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;

/** A session of the host's SFTP server. Confined to one thread. */
final class Sftp implements AutoCloseable {
    /** Every server takes as much in one piece. */
    static final int PIECE = 32 * 1024;
    /** How many pieces are on their way at a time. */
    private static final int UNCONFIRMED = 16;

    private final Connection connection;
    private final SessionChannel channel;
    private final SFTPEngine engine;

    /** Is told of what was sent. */
    interface Progress {
        /** So many bytes of it were sent. */
        void sent(long bytes);
    }

    private Sftp(Connection connection, SessionChannel channel, SFTPEngine engine) {
        this.connection = connection;
        this.channel = channel;
        this.engine = engine;
    }

    /**
     * Begins a session.
     *
     * @throws GdsDatabaseException when there is none; nothing was touched
     */
    static Sftp open(String host, Connections connections) {
        return connections.begin((connection, channel) -> open(host, connection, channel));
    }

    private static Sftp open(String host, Connection connection, SessionChannel channel) throws IOException {
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        boolean begun = false;
        try {
            SFTPEngine engine = new SFTPEngine(new OneSession(channel)).init();
            begun = true;
            return new Sftp(connection, channel, engine);
        } catch (ConnectionException | SFTPException e) {
            if (!connection.isAlive()) {
                throw e;
            }
            throw GdsDatabaseException.environment("GDS-SSH-SFTP")
                    .message("host " + host + " offers no SFTP to the account that logs in: " + e.getMessage() + ".")
                    .remedy("have a line \"Subsystem sftp sftp-server.exe\" in its sshd_config.")
                    .cause(e)
                    .build();
        } finally {
            guard.lift();
            if (!begun) {
                close(connection, channel);
            }
        }
    }

    /** What there is of a file or folder; empty when it is not there. */
    Optional<FileAttributes> look(String path) throws IOException {
        try {
            return Optional.of(engine.stat(path));
        } catch (SFTPException e) {
            if (e.getStatusCode() == StatusCode.NO_SUCH_FILE || e.getStatusCode() == StatusCode.NO_SUCH_PATH) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes a folder and those above it. What they let whom do they inherit, as nothing else is said. */
    void folder(String path) throws IOException {
        if (path.endsWith("/") || look(path).isPresent()) {
            return;
        }
        folder(HostPath.folder(path));
        try {
            engine.makeDir(path);
        } catch (SFTPException e) {
            if (look(path).isEmpty()) {
                throw e;
            }
            // Somebody else made it meanwhile.
        }
    }

    byte[] read(String path, int most) throws IOException {
        try (RemoteFile file = engine.open(path, EnumSet.of(OpenMode.READ));
                InputStream in = file.new ReadAheadRemoteFileInputStream(UNCONFIRMED)) {
            return in.readNBytes(most);
        }
    }

    /** Writes a file that is not there yet. */
    void write(String path, InputStream content, Progress progress) throws IOException {
        byte[] piece = new byte[PIECE];
        long sent = 0;
        try (RemoteFile file = engine.open(path, EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL))) {
            try (OutputStream out = file.new RemoteFileOutputStream(0, UNCONFIRMED)) {
                for (int read = content.readNBytes(piece, 0, PIECE);
                        read > 0;
                        read = content.readNBytes(piece, 0, PIECE)) {
                    Watch.Guard guard = connection.guard(Connection.BLOCKED);
                    try {
                        out.write(piece, 0, read);
                    } finally {
                        guard.lift();
                    }
                    sent += read;
                    progress.sent(sent);
                }
            }
        }
    }

    /**
     * Gives a file its name, which another one may have. What SFTP itself calls renaming fails then; OpenSSH's own kind of it does not, and
     * Windows' has it.
     */
    void rename(String from, String to) throws IOException {
        boolean replaces = engine.supportsServerExtension("posix-rename", "openssh.com");
        engine.rename(from, to, replaces ? EnumSet.of(RenameFlags.OVERWRITE) : EnumSet.noneOf(RenameFlags.class));
    }

    void remove(String path) throws IOException {
        engine.remove(path);
    }

    @Override
    public void close() {
        close(connection, channel);
    }

    private static void close(Connection connection, SessionChannel channel) {
        boolean interrupted = Thread.interrupted();
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        try {
            channel.close();
        } catch (SSHException e) {
            // It is gone, and its place on the host with it, or with the connection.
        } finally {
            guard.lift();
            connection.giveBack();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
