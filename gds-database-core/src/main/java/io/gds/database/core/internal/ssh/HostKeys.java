package io.gds.database.core.internal.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import io.gds.database.core.internal.ssh.KnownHosts.Entry;
import io.gds.database.core.internal.ssh.KnownHosts.Kind;
import io.gds.database.core.internal.ssh.SshSettings.Hop;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Admits a host only with a key that the known_hosts file has for it; never learns a new one. For one connection: asked
 * by its reading thread, read by the connecting one afterwards.
 */
final class HostKeys implements HostKeyVerifier {
    private static final String CODE = "GDS-SSH-HOST-KEY";

    private final Path file;
    private final Hop hop;
    private final List<Entry> known;
    private volatile @Nullable GdsDatabaseException refusal;

    HostKeys(Path file, Hop hop) {
        this.file = file;
        this.hop = hop;
        try {
            this.known = KnownHosts.read(file).of(hop.host(), hop.port());
        } catch (IOException e) {
            throw GdsDatabaseException.environment(CODE)
                    .message("known_hosts file " + file + " cannot be read: "
                            + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                    .remedy("open it to the user of this process, or correct shell.knownHosts.")
                    .cause(e)
                    .build();
        }
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        String text = text(blob(key));
        if (known.stream().anyMatch(e -> e.kind() == Kind.REVOKED && e.key().equals(text))) {
            refusal = refuse(key, "a key that the file marks as revoked", "a key that is not revoked");
            return false;
        }
        if (known.stream().anyMatch(e -> e.kind() == Kind.HOST && e.key().equals(text)) || isCertified(key)) {
            return true;
        }
        String expected = known.stream()
                .filter(e -> e.kind() != Kind.REVOKED)
                .map(HostKeys::describe)
                .collect(Collectors.joining(" or "));
        refusal = refuse(
                key,
                "key " + KeyType.fromKey(key) + " " + fingerprint(blob(key)),
                expected.isEmpty() ? "a host that the file knows" : expected);
        return false;
    }

    /** sshj has verified the certificate itself: its signature, dates and principals. */
    private boolean isCertified(PublicKey key) {
        if (!(key instanceof Certificate<?> certificate)) {
            return false;
        }
        String authority = text(certificate.getSignatureKey());
        return known.stream().noneMatch(e -> e.kind() == Kind.REVOKED && e.key().equals(authority))
                && known.stream()
                        .anyMatch(e -> e.kind() == Kind.AUTHORITY && e.key().equals(authority));
    }

    /** So that a host with several keys shows the one that we can compare. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> out = new ArrayList<>();
        for (Entry e : known) {
            if (e.kind() == Kind.AUTHORITY) {
                for (KeyType type : KeyType.values()) {
                    if (type.getParent() != null) {
                        out.add(type.toString());
                    }
                }
            } else if (e.kind() == Kind.HOST) {
                out.addAll(
                        e.algorithm().equals("ssh-rsa")
                                ? List.of("rsa-sha2-512", "rsa-sha2-256")
                                : List.of(e.algorithm()));
            }
        }
        return out;
    }

    /** Throws what was wrong with the host's key, if that is why the connection failed. */
    void throwIfRefused() {
        GdsDatabaseException why = refusal;
        if (why != null) {
            throw why;
        }
    }

    private GdsDatabaseException refuse(PublicKey key, String found, String expected) {
        String name = hop.port() == 22 ? hop.host() : "[" + hop.host() + "]:" + hop.port();
        return GdsDatabaseException.user(CODE)
                .message("host key of " + hop + ": found " + found + ", expected " + expected + " (" + file + ").")
                .remedy(
                        "compare the fingerprint with \"ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub\" on the host itself;"
                                + " only if it is the same, replace the lines of " + name + " in that file by \"" + name
                                + " "
                                + KeyType.fromKey(key) + " " + text(blob(key)) + "\".")
                .build();
    }

    private static String describe(Entry entry) {
        String what = entry.kind() == Kind.AUTHORITY ? "a certificate by " : "key ";
        try {
            return what + entry.algorithm() + " "
                    + fingerprint(Base64.getDecoder().decode(entry.key()));
        } catch (IllegalArgumentException e) {
            return what + entry.algorithm() + " that cannot be read";
        }
    }

    private static byte[] blob(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    private static String text(byte[] blob) {
        return Base64.getEncoder().encodeToString(blob);
    }

    /** As {@code ssh-keygen -l} shows it. */
    static String fingerprint(byte[] blob) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
