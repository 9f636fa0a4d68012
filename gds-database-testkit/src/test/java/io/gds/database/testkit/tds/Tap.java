package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sits between a client and a server and keeps what the client says. For one connection. */
final class Tap implements AutoCloseable {
    private final ServerSocket listener;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream(); // its methods are synchronized

    Tap(int target) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        background(() -> forward(target));
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void background(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void forward(int target) {
        try (Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            background(() -> copy(server, client, OutputStream.nullOutputStream()));
            copy(client, server, heard);
        } catch (IOException e) {
            // closed before anybody came
        }
    }

    private static void copy(Socket from, Socket to, OutputStream also) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                also.write(buffer, 0, count);
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // one side has left
        }
    }

    /** Whether the client has said this in clear text. */
    boolean heard(String text) {
        String all = heard.toString(StandardCharsets.ISO_8859_1);
        return all.contains(new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
