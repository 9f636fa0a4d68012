package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.pooler.HaproxyConfig.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a proxy decides how long a switchover through it lasts: its own lines, its defaults, HAProxy's defaults.
 *
 * @param connectTimeout how long one attempt to connect to a server may take; empty for no limit
 * @param queueTimeout how long a client waits while no server is up; empty for no limit
 * @param retries how often a failed connect is tried again
 * @param redispatch whether the last try may go to another server
 * @param healthCheck method and path of the HTTP check; empty when a connect alone counts as health
 * @param servers its servers
 */
record HaproxyBackend(
        Optional<Duration> connectTimeout,
        Optional<Duration> queueTimeout,
        int retries,
        boolean redispatch,
        Optional<String> healthCheck,
        List<Server> servers) {
    /**
     * A server.
     *
     * @param name its name
     * @param checked whether its health is checked at all
     * @param inter between two checks while it is up
     * @param fastInter between two checks while its state changes
     * @param downInter between two checks while it is down
     * @param fall failed checks until it is down
     * @param rise good checks until it is up
     * @param endsSessions whether its sessions are ended when it goes down
     */
    record Server(
            String name,
            boolean checked,
            Duration inter,
            Duration fastInter,
            Duration downInter,
            int fall,
            int rise,
            boolean endsSessions) {}

    private static final Duration INTER = Duration.ofSeconds(2);
    private static final int RETRIES = 3;
    private static final int FALL = 3;
    private static final int RISE = 2;

    /** Copies. */
    HaproxyBackend {
        servers = List.copyOf(servers);
    }

    /** Reads a proxy; empty when there is none of that name. */
    static Optional<HaproxyBackend> of(HaproxyConfig config, String proxy) {
        List<Section> chain = config.proxy(proxy);
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> connect = time(chain, "timeout", "connect");
        return Optional.of(new HaproxyBackend(
                connect,
                time(chain, "timeout", "queue").or(() -> connect),
                setting(chain, "retries").map(w -> number(w.get(0), RETRIES)).orElse(RETRIES),
                isOn(chain, "redispatch"),
                isOn(chain, "httpchk") ? Optional.of(check(chain)) : Optional.empty(),
                servers(chain)));
    }

    /** What is asked, also where newer files say it by http-check send. */
    private static String check(List<Section> chain) {
        List<String> words = setting(chain, "option", "httpchk").orElse(List.of());
        for (Section s : chain) {
            for (List<String> line : s.all("http-check")) {
                int uri = line.indexOf("uri");
                if (line.get(0).equals("send") && uri > 0 && uri + 1 < line.size()) {
                    int method = line.indexOf("meth");
                    return (method > 0 ? line.get(method + 1) : "OPTIONS") + " " + line.get(uri + 1);
                }
            }
        }
        return switch (words.size()) {
            case 0 -> "OPTIONS /";
            case 1 -> "OPTIONS " + words.get(0);
            default -> words.get(0) + " " + words.get(1);
        };
    }

    private static List<Server> servers(List<Section> chain) {
        List<String> defaults = new ArrayList<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            chain.get(i).all("default-server").forEach(defaults::addAll);
        }
        List<Server> out = new ArrayList<>();
        for (List<String> line : chain.get(0).all("server")) {
            List<String> words = new ArrayList<>(defaults);
            words.addAll(line.subList(Math.min(2, line.size()), line.size()));
            Duration inter = word(words, "inter").flatMap(HaproxyTime::parse).orElse(INTER);
            out.add(new Server(
                    line.isEmpty() ? "" : line.get(0),
                    words.lastIndexOf("check") > words.lastIndexOf("no-check"),
                    inter,
                    word(words, "fastinter").flatMap(HaproxyTime::parse).orElse(inter),
                    word(words, "downinter").flatMap(HaproxyTime::parse).orElse(inter),
                    word(words, "fall").map(w -> number(w, FALL)).orElse(FALL),
                    word(words, "rise").map(w -> number(w, RISE)).orElse(RISE),
                    word(words, "on-marked-down")
                            .filter("shutdown-sessions"::equals)
                            .isPresent()));
        }
        return out;
    }

    /** The word after the last of these: a server's own come after the defaults. */
    private static Optional<String> word(List<String> words, String key) {
        int at = words.lastIndexOf(key);
        return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }

    private static Optional<List<String>> setting(List<Section> chain, String... words) {
        return chain.stream().flatMap(s -> s.last(words).stream()).findFirst().filter(w -> !w.isEmpty());
    }

    private static Optional<Duration> time(List<Section> chain, String... words) {
        return setting(chain, words).flatMap(w -> HaproxyTime.parse(w.get(0)));
    }

    private static boolean isOn(List<Section> chain, String option) {
        for (Section s : chain) {
            if (s.last("no", "option", option).isPresent()) {
                return false;
            }
            if (s.last("option", option).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static int number(String word, int otherwise) {
        return word.matches("\\d{1,6}") ? Integer.parseInt(word) : otherwise;
    }
}
