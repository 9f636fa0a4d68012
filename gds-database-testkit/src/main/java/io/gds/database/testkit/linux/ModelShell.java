package io.gds.database.testkit.linux;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** A shell of a model host: one connection for each command. A host that does not greet has begun nothing. */
final class ModelShell implements HostShell {
    private static final int GREETING_MILLIS = 500;

    private final String host;
    private final int port;

    ModelShell(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(Command command) {
        try (Socket socket = new Socket()) {
            DataInputStream in;
            DataOutputStream out;
            try {
                socket.connect(new InetSocketAddress(host, port), GREETING_MILLIS);
                socket.setSoTimeout(GREETING_MILLIS);
                in = new DataInputStream(socket.getInputStream());
                out = new DataOutputStream(socket.getOutputStream());
                in.readByte();
            } catch (IOException e) {
                throw GdsDatabaseException.environment("GDS-MODEL-CONNECT")
                        .message("host " + host + " does not answer: " + e.getMessage() + ".")
                        .remedy("see why.")
                        .retryable()
                        .cause(e)
                        .build();
            }
            return answered(command, socket, in, out);
        } catch (IOException e) {
            return new CommandResult(
                    command.toString(),
                    CommandResult.Status.UNKNOWN,
                    -1,
                    "",
                    String.valueOf(e.getMessage()),
                    false,
                    Duration.ZERO);
        }
    }

    private static CommandResult answered(Command command, Socket socket, DataInputStream in, DataOutputStream out)
            throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.min(command.timeout().toMillis(), 5000)));
        out.writeUTF(command.user().orElse("admin"));
        out.writeInt(command.words().size());
        for (String word : command.words()) {
            out.writeUTF(word);
        }
        out.flush();
        int code = in.readInt();
        String output = in.readUTF();
        String error = in.readUTF();
        return new CommandResult(
                command.toString(), CommandResult.Status.EXITED, code, output, error, false, Duration.ZERO);
    }

    @Override
    public void launch(Command command) {
        throw new UnsupportedOperationException("launch " + command);
    }

    @Override
    public Optional<byte[]> read(String path) {
        throw new UnsupportedOperationException("read " + path);
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        throw new UnsupportedOperationException("write " + path);
    }

    @Override
    public void close() {}
}
