package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.config.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether anybody listens at an address. */
final class Listening {
    private static final int MILLIS = 2000;

    private Listening() {}

    /** Whether the host itself says that nobody does. Silence says nothing. */
    static boolean refuses(HostPort address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), MILLIS);
            return false;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused");
        } catch (IOException e) {
            return false;
        }
    }
}
