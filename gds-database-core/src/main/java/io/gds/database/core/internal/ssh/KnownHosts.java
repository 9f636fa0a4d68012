package io.gds.database.core.internal.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A known_hosts file as OpenSSH writes it. Lines that cannot be read admit nobody. Immutable. */
final class KnownHosts {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String HASHED = "|1|";

    private final List<Entry> entries;

    /** What the key of a line stands for. */
    enum Kind {
        HOST,
        AUTHORITY,
        REVOKED
    }

    /**
     * One line.
     *
     * @param kind what the key stands for
     * @param names for which hosts
     * @param algorithm the key's type
     * @param key the key as it travels
     */
    record Entry(Kind kind, String names, String algorithm, String key) {}

    private KnownHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Reads a file anew; one that is not there knows nobody. */
    static KnownHosts read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                entry(line.strip()).ifPresent(entries::add);
            }
        }
        return new KnownHosts(entries);
    }

    private static Optional<Entry> entry(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        String[] fields = BLANKS.split(line, -1);
        Kind kind =
                switch (fields[0]) {
                    case "@cert-authority" -> Kind.AUTHORITY;
                    case "@revoked" -> Kind.REVOKED;
                    default -> Kind.HOST;
                };
        int first = kind == Kind.HOST ? 0 : 1;
        return fields.length < first + 3
                ? Optional.empty()
                : Optional.of(new Entry(kind, fields[first], fields[first + 1], fields[first + 2]));
    }

    /** The lines for a host. */
    List<Entry> of(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        String asked = port == 22 ? name : "[" + name + "]:" + port;
        return entries.stream().filter(e -> applies(e.names(), asked)).toList();
    }

    private static boolean applies(String names, String asked) {
        if (names.startsWith(HASHED)) {
            return hashed(names, asked);
        }
        boolean found = false;
        for (String name : names.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (name.startsWith("!") && matches(name.substring(1), asked)) {
                return false;
            }
            found |= matches(name, asked);
        }
        return found;
    }

    private static boolean matches(String name, String asked) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.matches(regex.toString(), asked);
    }

    /** {@code |1|salt|HMAC-SHA1 of the name}. */
    private static boolean hashed(String names, String asked) {
        String[] parts = names.substring(HASHED.length()).split("\\|", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), "HmacSHA1"));
            byte[] sum = mac.doFinal(asked.getBytes(StandardCharsets.UTF_8));
            return Arrays.equals(sum, Base64.getDecoder().decode(parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not a line that OpenSSH wrote
        }
    }
}
