package io.gds.engine.mongo.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A member of a played set: its process, its place in the configuration, and what it believes. Guarded by the set.
 */
public final class FakeMember implements AutoCloseable {
    private final FakeSet set;
    private final String name;
    private final int port;
    private final Faults faults = new Faults();
    private final FakeMind mind;
    private Document config = new Document();
    private WireServer wire;
    private boolean up = true;
    private String installed;
    private String running;
    private int behind;
    private Instant mayStandFrom = Instant.MIN;
    private @Nullable String follows;
    private List<Document> operations = List.of();

    FakeMember(FakeSet set, String name, String version) {
        this.set = set;
        this.name = name;
        this.mind = new FakeMind(set.election());
        this.installed = version;
        this.running = version;
        this.wire = WireServer.start(this::answer);
        this.port = wire.port();
    }

    static String series(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
    }

    /** What it works at just now, in the words of {@code currentOp}. */
    public void worksAt(Document... now) {
        synchronized (set) {
            operations = List.of(now);
        }
    }

    List<Document> operations() {
        synchronized (set) {
            return operations;
        }
    }

    /** Its name in the cluster spec. */
    public String name() {
        return name;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** What will go wrong with commands to it. */
    public Faults faults() {
        return faults;
    }

    /** Whether its process lives. */
    public boolean isUp() {
        synchronized (set) {
            return up;
        }
    }

    /** The version that a start would run. */
    public String installed() {
        synchronized (set) {
            return installed;
        }
    }

    /** The version that its process runs. */
    public String running() {
        synchronized (set) {
            return running;
        }
    }

    /** Puts another version where a start finds it. */
    public void install(String version) {
        synchronized (set) {
            installed = version;
        }
    }

    /** It has not applied the last entries of the log. */
    public void isBehind(int entries) {
        synchronized (set) {
            behind = entries;
        }
    }

    /** It keeps to an old election whatever the others say. */
    public void believes(long term, @Nullable String primary) {
        synchronized (set) {
            mind.believes(term, primary);
        }
    }

    /** It sees another one in a state that is not that one's own. */
    public void sees(String other, int state, boolean healthy, String message) {
        synchronized (set) {
            mind.sees(other, new FakeMind.Seen(state, healthy, message));
        }
    }

    /** It believes and sees what the others do. */
    public void learns() {
        synchronized (set) {
            mind.learns();
        }
    }

    void configure(Document part) {
        config = part;
    }

    Document config() {
        return config;
    }

    int id() {
        return config.getInteger("_id");
    }

    double priority() {
        return config.get("priority", Number.class).doubleValue();
    }

    boolean votes() {
        return config.getInteger("votes") > 0;
    }

    boolean bearsData() {
        return !config.getBoolean("arbiterOnly");
    }

    int behind() {
        return behind;
    }

    String version() {
        return running;
    }

    FakeMind mind() {
        return mind;
    }

    boolean leads() {
        return mind.belief().primary().filter(name::equals).isPresent();
    }

    boolean mayWin() {
        return up
                && bearsData()
                && votes()
                && priority() > 0
                && behind == 0
                && !set.clock().instant().isBefore(mayStandFrom);
    }

    void mayStandAfter(Duration time) {
        mayStandFrom = time.isZero() ? Instant.MIN : set.clock().instant().plus(time);
    }

    /** Whom it follows; nobody when it leads or bears no data. */
    Optional<String> source() {
        if (leads() || !bearsData()) {
            return Optional.empty();
        }
        Optional<String> primary =
                mind.belief().primary().map(p -> set.member(p).address());
        return Optional.ofNullable(follows).filter(f -> set.at(f).isUp()).or(() -> primary);
    }

    void follow(String address) {
        follows = address;
    }

    private Document answer(Document command) {
        synchronized (set) {
            set.election().goesOn();
            Sent sent = new Sent(name, command);
            if (!Handshake.asks(command)) {
                set.sends().add(sent);
            }
            return new FakeAnswers(set, this).to(sent);
        }
    }

    /** Its process ends, whatever it does just now. */
    public void stop() {
        synchronized (set) {
            up = false;
            mind.learns();
            if (set.election().primary().filter(name::equals).isPresent()) {
                set.election().begins();
            }
        }
        wire.close();
    }

    /** Its process starts on what is installed; one that lives is left alone. */
    public void start() {
        synchronized (set) {
            if (!up) {
                running = installed;
                wire = WireServer.start(port, this::answer);
                up = true;
                mayStandFrom = Instant.MIN;
                follows = null;
            }
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
