package io.gds.engine.mongo.internal.dump;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * What a file of documents holds.
 *
 * @param documents how many
 * @param sha256 the sum of all its bytes, in hexadecimal digits
 */
record BsonFile(long documents, String sha256) {
    private static final int LENGTH = 4;
    /** The largest that servers take, and some more for their own. */
    private static final int LARGEST = 17 << 20;

    /**
     * Reads a file, one document at a time.
     *
     * @throws EOFException when it ends within a document
     */
    static BsonFile read(Path file, Consumer<byte[]> each) throws IOException {
        MessageDigest sum = newSum();
        long count = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), sum)))) {
            for (byte[] raw = next(in); raw.length > 0; raw = next(in)) {
                each.accept(raw);
                count++;
            }
        }
        return new BsonFile(count, hex(sum));
    }

    static MessageDigest newSum() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    static String hex(MessageDigest sum) {
        return HexFormat.of().formatHex(sum.digest());
    }

    /** The next document, by its own length; empty at the end of the file. */
    private static byte[] next(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(LENGTH);
        if (head.length == 0) {
            return head;
        }
        int length = head.length < LENGTH
                ? 0
                : ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length <= LENGTH || length > LARGEST) {
            throw new EOFException("no document begins where one should");
        }
        byte[] raw = new byte[length];
        System.arraycopy(head, 0, raw, 0, LENGTH);
        in.readFully(raw, LENGTH, length - LENGTH);
        return raw;
    }
}
