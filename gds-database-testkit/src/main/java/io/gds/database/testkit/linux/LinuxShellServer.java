package io.gds.database.testkit.linux;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets shells of other processes, too, run commands on a model host. A host that is silent takes connections and says nothing. Thread-safe. */
public final class LinuxShellServer implements AutoCloseable {
    private final LinuxHost host;
    private final ServerSocket listener;
    private final Thread accepting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LinuxShellServer(LinuxHost host, ServerSocket listener) {
        this.host = host;
        this.listener = listener;
        this.accepting = new Thread(this::accept, "model-linux-" + host.name());
        this.accepting.setDaemon(true);
    }

    /**
     * Listens.
     *
     * @param address one of this machine alone
     * @param port 0 for any free one
     */
    public static LinuxShellServer start(LinuxHost host, InetAddress address, int port) throws IOException {
        LinuxShellServer server = new LinuxShellServer(host, new ServerSocket(port, 50, address));
        server.accepting.start();
        return server;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "model-linux-command");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (host.isSilent()) {
                socket.getInputStream().read(); // until the other one gives up
                return;
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeByte(1);
            out.flush();
            String user = in.readUTF();
            List<String> words = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                words.add(in.readUTF());
            }
            LinuxProgram.Exit exit = host.run(words, user);
            if (host.isSilent()) {
                socket.getInputStream().read();
                return;
            }
            out.writeInt(exit.code());
            out.writeUTF(exit.output());
            out.writeUTF(exit.error());
            out.flush();
        } catch (IOException e) {
            // the other one has gone
        } finally {
            open.remove(socket);
        }
    }

    /** Ends all connections, and comes back when nobody listens any more. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
            accepting.join();
        } catch (IOException e) {
            throw new IllegalStateException("closing a listening socket", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
