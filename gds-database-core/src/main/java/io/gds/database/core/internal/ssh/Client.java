package io.gds.database.core.internal.ssh;

import io.gds.database.core.internal.ssh.SshSettings.Hop;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.SocketFactory;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;

/** One SSH connection. Thread-safe once it is connected. */
final class Client {
    private static final int MISSED_SIGNS_OF_LIFE = 3;

    private final Hop hop;
    private final SshSettings settings;
    private final SSHClient ssh = new SSHClient(new SshConfig());
    private final Socket socket = new Socket();

    Client(Hop hop, SshSettings settings) {
        this.hop = hop;
        this.settings = settings;
        int limit = Math.toIntExact(settings.connectTimeout().toMillis());
        ssh.setTimeout(limit);
        ssh.getTransport().setTimeoutMs(limit);
        ssh.getConnection().setTimeoutMs(limit);
        KeepAliveRunner keepAlive = (KeepAliveRunner) ssh.getConnection().getKeepAlive();
        keepAlive.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
        keepAlive.setMaxAliveCount(MISSED_SIGNS_OF_LIFE);
    }

    /** Connects and logs in; the caller aborts it when this throws. */
    void connect(Optional<Client> via) {
        HostKeys keys = new HostKeys(settings.knownHosts(), hop);
        ssh.addHostKeyVerifier(keys);
        try {
            if (via.isPresent()) {
                ssh.connectVia(via.get().ssh.newDirectConnection(hop.host(), hop.port()));
            } else {
                dial();
            }
        } catch (IOException | IllegalStateException e) {
            keys.throwIfRefused();
            throw unreachable(via, e);
        }
        new Login(hop, settings).on(ssh);
    }

    private void dial() throws IOException {
        InetSocketAddress address = new InetSocketAddress(hop.host(), hop.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("no address is known for this name");
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(address, ssh.getTransport().getTimeoutMs());
        ssh.setSocketFactory(new Ready(socket));
        ssh.connect(hop.host(), hop.port());
    }

    boolean isAlive() {
        return ssh.isConnected() && ssh.isAuthenticated();
    }

    net.schmizz.sshj.connection.Connection connection() {
        return ssh.getConnection();
    }

    /** Closes its socket, so that nobody is blocked by it any more. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is gone, which is what was wanted
        }
    }

    /** Does not wait for the peer: the socket goes first, so that no farewell can block. */
    void abort() {
        cut();
        try {
            ssh.close();
        } catch (IOException e) {
            return; // it is gone, which is what was wanted
        }
    }

    void close() throws IOException {
        ssh.close();
        socket.close();
    }

    private GdsDatabaseException unreachable(Optional<Client> via, Exception e) {
        if (Thread.currentThread().isInterrupted()) {
            return Failures.interrupted("connecting to host " + hop, "nothing was sent.", e);
        }
        String way = via.map(jump -> " by way of jump host " + jump.hop).orElse("");
        return GdsDatabaseException.environment("GDS-SSH-CONNECT")
                .message("host " + hop + " cannot be reached by SSH" + way + ": " + Failures.reason(e) + ".")
                .remedy("check that the host is up, that its name and port are right, and that no firewall is between.")
                .retryable()
                .cause(e)
                .build();
    }

    /** Gives out one socket that is connected already: sshj's own way has no hold on it while it connects. */
    private static final class Ready extends SocketFactory {
        private final Socket socket;

        Ready(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return socket;
        }
    }
}
