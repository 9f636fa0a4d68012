package io.gds.engine.postgres.internal.config;

import io.gds.database.spi.SpecFields;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applications that hold their own traffic while the primary changes, and how that is announced to them. */
public sealed interface HoldSpec {
    /** How long transactions that have begun may take to finish; then the hold is given up. */
    Duration quiesce();

    /** How long applications hold at most, whatever becomes of us. */
    Duration limit();

    /** For people. */
    String name();

    /**
     * By a file in a directory that instances of the application watch.
     *
     * @param path absolute
     * @param host where; empty for this machine
     * @param user the account that writes it; empty for the shell's own
     * @param instances how many must acknowledge, at least
     */
    record ByFile(
            String path, Optional<String> host, Optional<String> user, int instances, Duration quiesce, Duration limit)
            implements HoldSpec {
        @Override
        public String name() {
            return path + host.map(h -> " on " + h).orElse("");
        }
    }

    /**
     * By requests to one instance of the application.
     *
     * @param url where its endpoint is mounted; without user and password
     * @param secret a reference to the shared secret, never the secret
     */
    record ByHttp(URI url, String secret, Duration quiesce, Duration limit) implements HoldSpec {
        @Override
        public String name() {
            return url.toString();
        }
    }

    /** Reads the list {@code holds} of a spec and notes what is wrong with it; empty when there is none. */
    static List<HoldSpec> read(SpecFields spec) {
        if (!spec.has("holds")) {
            return List.of();
        }
        List<HoldSpec> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecFields fields : spec.objects("holds")) {
            HoldSpec one = one(fields);
            if (one.limit().compareTo(one.quiesce().multipliedBy(2)) < 0) {
                fields.wrong("limit", one.limit().toString(), "at least twice quiesce, which is " + one.quiesce());
            }
            if (!names.add(one.name())) {
                fields.wrong(one instanceof ByFile ? "path" : "url", one.name() + " again", "each once");
            }
            all.add(one);
        }
        return all;
    }

    private static HoldSpec one(SpecFields fields) {
        Duration quiesce = fields.duration("quiesce", Duration.ofSeconds(5));
        Duration limit = fields.duration("limit", Duration.ofSeconds(20));
        String type = fields.text("type", "file or http");
        if (type.equals("http")) {
            fields.only("type", "url", "secret", "quiesce", "limit");
            return new ByHttp(url(fields), fields.secret("secret"), quiesce, limit);
        }
        if (!type.isEmpty() && !type.equals("file")) {
            fields.wrong("type", "\"" + type + "\"", "file or http");
        }
        fields.only("type", "path", "host", "user", "instances", "quiesce", "limit");
        String path = fields.text("path", "an absolute path");
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/") || path.indexOf('\n') >= 0)) {
            fields.wrong("path", "\"" + path + "\"", "the absolute path of a file");
        }
        Optional<String> host = fields.optionalText("host");
        if (host.filter(h -> !HostPort.isHost(h)).isPresent()) {
            fields.wrong("host", "\"" + host.get() + "\"", "a host name or address");
        }
        return new ByFile(path, host, fields.optionalText("user"), fields.count("instances", 1), quiesce, limit);
    }

    private static URI url(SpecFields fields) {
        String text = fields.text("url", "an address that begins with https://");
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (url.getRawUserInfo() != null) {
                fields.wrong("url", "*** before the host", "an address without a password");
            } else if (!text.isEmpty() && (!http || url.getHost() == null || url.getRawQuery() != null)) {
                fields.wrong("url", "\"" + text + "\"", "an address that begins with https:// or http://");
            }
            return url;
        } catch (IllegalArgumentException e) {
            fields.wrong("url", "a text that is no address", "an address that begins with https:// or http://");
            return URI.create("");
        }
    }
}
