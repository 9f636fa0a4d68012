package io.gds.database.testkit.windows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file. That of a large one may be only declared: its length and its SHA-256 without its bytes, which nobody
 * can read then.
 */
public final class HostFile {
    private final byte @Nullable [] bytes;
    private final long length;
    private final String sha256;
    private final String version;
    private final Signature signature;
    private final @Nullable Program program;

    /**
     * What a signature is worth.
     *
     * @param status as Get-AuthenticodeSignature names it
     * @param subject whose certificate it is; empty when there is none
     */
    public record Signature(Status status, String subject) {
        static final Signature NONE = new Signature(Status.NOT_SIGNED, "");

        /** Whether it holds. */
        public enum Status {
            /** It holds. */
            VALID("Valid", 0),
            /** Nobody signed. */
            NOT_SIGNED("NotSigned", 2),
            /** The file was changed after it was signed. */
            HASH_MISMATCH("HashMismatch", 3),
            /** Nobody trusts the signer. */
            NOT_TRUSTED("NotTrusted", 4);

            private final String text;
            private final int number;

            Status(String text, int number) {
                this.text = text;
                this.number = number;
            }

            String text() {
                return text;
            }

            int number() {
                return number;
            }
        }
    }

    private HostFile(
            byte @Nullable [] bytes,
            long length,
            String sha256,
            String version,
            Signature signature,
            @Nullable Program program) {
        this.bytes = bytes;
        this.length = length;
        this.sha256 = sha256;
        this.version = version;
        this.signature = signature;
        this.program = program;
    }

    /** One with these bytes. */
    public static HostFile of(byte[] bytes) {
        return new HostFile(bytes.clone(), bytes.length, "", "", Signature.NONE, null);
    }

    /** One with this text, in UTF-8. */
    public static HostFile text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A large one of which only this is known; the hash in any case of letters. */
    public static HostFile declared(long length, String sha256) {
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        return new HostFile(null, length, sha256.toUpperCase(java.util.Locale.ROOT), "", Signature.NONE, null);
    }

    /** The same, with a version of the product in it. */
    public HostFile version(String productVersion) {
        return new HostFile(bytes, length, sha256, productVersion, signature, program);
    }

    /** The same, signed. */
    public HostFile signed(Signature.Status status, String subject) {
        return new HostFile(bytes, length, sha256, version, new Signature(status, subject), program);
    }

    /** The same, as a program that can be started. */
    public HostFile program(Program runs) {
        return new HostFile(bytes, length, sha256, version, signature, runs);
    }

    /** How long it is. */
    public long length() {
        return length;
    }

    /** Its SHA-256, in capitals. */
    public String sha256() {
        if (bytes == null) {
            return sha256;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** Its bytes; null when they are only declared. */
    public byte @Nullable [] bytes() {
        return bytes == null ? null : bytes.clone();
    }

    /** Its text, in UTF-8; null when its bytes are only declared. */
    public @Nullable String text() {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    String productVersion() {
        return version;
    }

    Signature signature() {
        return signature;
    }

    @Nullable
    Program program() {
        return program;
    }
}
