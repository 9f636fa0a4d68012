package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import io.gds.engine.postgres.internal.config.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The simple protocol, as far as PgBouncer's console speaks it. The JDBC driver is not used for this: most of its releases
 * say {@code SET extra_float_digits} to a server as old as they take the console for, which the console refuses, and send
 * start-up parameters that a pooler without JDBC clients refuses. Confined to one thread, except {@link #abort()}.
 */
final class ConsoleWire implements AutoCloseable {
    private static final int VERSION_3 = 196608;
    private static final int LONGEST = 1 << 24;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private ConsoleWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects and logs in to the console; each wait is bounded by the limit. */
    static ConsoleWire open(HostPort address, String user, Secret password, String sslMode, Duration limit)
            throws IOException, Refusal {
        Socket socket = ConsoleSocket.open(address, sslMode, limit);
        try {
            ConsoleWire wire = new ConsoleWire(socket);
            wire.login(user, password);
            return wire;
        } catch (IOException | Refusal | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void login(String user, Secret password) throws IOException, Refusal {
        byte[] body = WireBody.join(
                WireBody.int32(VERSION_3),
                WireBody.text("user"),
                WireBody.text(user),
                WireBody.text("database"),
                WireBody.text("pgbouncer"),
                new byte[1]);
        out.write(WireBody.join(WireBody.int32(body.length + Integer.BYTES), body));
        ConsoleLogin login = new ConsoleLogin(user, password);
        while (true) {
            int type = in.read();
            WireBody message = body(type);
            switch (type) {
                case 'R' -> {
                    Optional<byte[]> answer = login.answer(message);
                    if (answer.isPresent()) {
                        send('p', answer.get());
                    }
                }
                case 'E' -> throw refusal(message);
                case 'Z' -> {
                    return;
                }
                default -> {
                    continue; // parameters and notices
                }
            }
        }
    }

    /**
     * Sends one command and reads its answer to the end.
     *
     * @return rows by column name in lower case, without columns that are NULL
     * @throws SocketTimeoutException when the answer did not come in time; the connection is of no use any more
     */
    List<Map<String, String>> query(String command, Duration limit) throws IOException, Refusal {
        long end = System.nanoTime() + limit.toNanos();
        send('Q', WireBody.text(command));
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> columns = List.of();
        Optional<Refusal> refused = Optional.empty();
        while (true) {
            socket.setSoTimeout(ConsoleSocket.millis(Duration.ofNanos(end - System.nanoTime())));
            int type = in.read();
            WireBody message = body(type);
            switch (type) {
                case 'T' -> columns = columns(message);
                case 'D' -> rows.add(row(columns, message));
                case 'E' -> refused = Optional.of(refusal(message));
                case 'Z' -> {
                    if (refused.isPresent()) {
                        throw refused.get();
                    }
                    return rows;
                }
                default -> {
                    continue; // completion and notices
                }
            }
        }
    }

    private void send(char type, byte[] body) throws IOException {
        out.write(WireBody.join(new byte[] {(byte) type}, WireBody.int32(body.length + Integer.BYTES), body));
        out.flush();
    }

    private WireBody body(int type) throws IOException {
        if (type < 0) {
            throw new IOException("it closed the connection");
        }
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > LONGEST) {
            throw new IOException("it does not speak PostgreSQL's protocol");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new WireBody(body);
    }

    private static List<String> columns(WireBody message) throws IOException {
        List<String> columns = new ArrayList<>();
        for (int n = message.int16(); n > 0; n--) {
            columns.add(message.string().toLowerCase(Locale.ROOT));
            message.skip(18); // table, number, type, length, modifier, format
        }
        return columns;
    }

    private static Map<String, String> row(List<String> columns, WireBody message) throws IOException {
        Map<String, String> row = new HashMap<>();
        int n = message.int16();
        for (int i = 0; i < n && i < columns.size(); i++) {
            int length = message.int32();
            if (length >= 0) {
                row.put(columns.get(i), new String(message.take(length), StandardCharsets.UTF_8));
            }
        }
        return row;
    }

    private static Refusal refusal(WireBody message) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        for (byte code = message.take(1)[0]; code != 0; code = message.take(1)[0]) {
            fields.put(String.valueOf((char) code), message.string());
        }
        return new Refusal(fields.getOrDefault("C", ""), fields.getOrDefault("M", "no reason"));
    }

    /** Breaks what it waits for. Any thread. */
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is broken already
        }
    }

    @Override
    public void close() {
        try {
            send('X', new byte[0]);
        } catch (IOException e) {
            abort(); // nobody listens any more
            return;
        }
        abort();
    }

    /** The pooler understood, and said no. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final String state;

        Refusal(String state, String message) {
            super(message);
            this.state = state;
        }

        /** Its SQLSTATE; PgBouncer has no states of its own worth reading. */
        String state() {
            return state;
        }
    }
}
