package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One connection that logs in by NTLM step by step, and may cheat. It asks for sealing and sends in clear text. */
final class NtlmClient implements AutoCloseable {
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(US_ASCII);
    private static final int HEADER = 64;

    private final Socket socket;
    private final BufferedReader in;

    NtlmClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    /**
     * What came back.
     *
     * @param challenges the values of WWW-Authenticate
     */
    record Answer(int status, List<String> challenges) {
        /** The server's challenge of eight bytes. */
        byte[] nonce() {
            byte[] message = Base64.getDecoder().decode(challenges.get(0).substring("Negotiate ".length()));
            return Arrays.copyOfRange(message, 24, 32);
        }
    }

    /** Sends a request; empty when the server cuts the connection. */
    Optional<Answer> post(String headers, byte[] body) throws IOException {
        String head =
                "POST /wsman HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(body);
        String first = in.readLine();
        if (first == null) {
            return Optional.empty();
        }
        List<String> challenges = new ArrayList<>();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("WWW-Authenticate")) {
                challenges.add(header[1]);
            } else if (header[0].equals("Content-Length")) {
                length = Integer.parseInt(header[1]);
            }
        }
        assertThat(in.skip(length)).isEqualTo(length);
        return Optional.of(new Answer(Integer.parseInt(first.split(" ", -1)[1]), challenges));
    }

    Answer negotiate(byte[] message) throws IOException {
        String header = "Authorization: Negotiate " + Base64.getEncoder().encodeToString(message) + "\r\n";
        return post(header, new byte[0]).orElseThrow();
    }

    /** The first message. */
    static byte[] hello() {
        return ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SIGNATURE)
                .putInt(1)
                .putInt(flags())
                .array();
    }

    private static int flags() {
        return NtlmFlags.SEALED | NtlmFlags.UNICODE | NtlmFlags.NTLM;
    }

    /** The third message with a proof of version 2. */
    static byte[] proof(byte[] nonce, String user, String password) {
        byte[] blob = new byte[44];
        blob[0] = 1;
        blob[1] = 1;
        byte[] key = Digests.hmacMd5(
                Md4.digest(password.getBytes(UTF_16LE)),
                user.toUpperCase(Locale.ROOT).getBytes(UTF_16LE));
        byte[] proof = Digests.hmacMd5(key, nonce, blob);
        byte[] response = Arrays.copyOf(proof, proof.length + blob.length);
        System.arraycopy(blob, 0, response, proof.length, blob.length);
        return answer(user, response);
    }

    /** The third message with any response. */
    static byte[] answer(String user, byte[] response) {
        byte[] name = user.getBytes(UTF_16LE);
        ByteBuffer out =
                ByteBuffer.allocate(HEADER + name.length + response.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        out.put(SIGNATURE).putInt(3);
        int at = HEADER;
        at = field(out, 0, at);
        at = field(out, response.length, at);
        at = field(out, 0, at);
        at = field(out, name.length, at);
        at = field(out, 0, at);
        field(out, 16, at);
        out.putInt(flags()).put(response).put(name);
        return out.array();
    }

    private static int field(ByteBuffer out, int length, int offset) {
        out.putShort((short) length).putShort((short) length).putInt(offset);
        return offset + length;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
