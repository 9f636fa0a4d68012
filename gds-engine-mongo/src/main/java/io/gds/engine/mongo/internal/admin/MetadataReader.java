package io.gds.engine.mongo.internal.admin;

import io.gds.database.EngineMetadata.Status;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mongo.MongoMetadata;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetConfig;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Makes metadata of what every member says and a few facts of one server. Thread-safe. */
public final class MetadataReader {
    private static final int ID_DIGITS = 24;
    private static final int TIME_DIGITS = 8;

    private final MongoSpec spec;
    private final Clients clients;
    private volatile @Nullable SetMetadata last;

    /** A reader for a set. */
    public MetadataReader(MongoSpec spec, Clients clients) {
        this.spec = spec;
        this.clients = clients;
    }

    /**
     * The metadata of a moment. When nobody answered, what was last known, with status UNAVAILABLE.
     *
     * @throws GdsDatabaseException with code {@code GDS-CONNECTION} when nobody answers and nobody ever did
     */
    public MongoMetadata of(SetViews views) {
        Optional<MemberView> shown =
                views.primary().or(() -> views.all().stream().findFirst());
        if (shown.isEmpty()) {
            return nobody(views);
        }
        MemberView v = shown.get();
        boolean complete = views.primary().isPresent() && views.silent().isEmpty();
        Answer server = clients.ask(v.member().name(), new Document("serverStatus", 1).append("repl", 0));
        String id = views.config().map(SetConfig::replicaSetId).orElse("");
        SetMetadata read = new SetMetadata(
                spec.name(),
                v.version(),
                v.edition(),
                v.member().host(),
                v.member().port(),
                complete ? Status.AVAILABLE : Status.DEGRADED,
                spec.replicaSet(),
                id,
                views.primary().flatMap(MemberView::compatibility).map(MemberView.Compatibility::version),
                created(id),
                views.primary().flatMap(p -> startedAt(server)),
                spec.members().size(),
                views.all().size(),
                attributes(server, views));
        last = read;
        return read;
    }

    private SetMetadata nobody(SetViews views) {
        @Nullable SetMetadata known = last;
        if (known != null) {
            return known.withNobodyAnswering();
        }
        throw GdsDatabaseException.environment("GDS-CONNECTION")
                .message("no member of " + spec.name() + " answers, so its version is not known: " + views.silent()
                        + ".")
                .remedy("start a member, or check the addresses of the spec.")
                .retryable()
                .build();
    }

    private static Optional<Instant> startedAt(Answer server) {
        return server.instant("localTime")
                .map(now -> now.minus(
                        Duration.ofMillis(server.number("uptimeMillis").orElse(0))));
    }

    /** The set's id is an ObjectId, whose first four bytes are the second in which the set was initiated. */
    private static Optional<Instant> created(String id) {
        return id.length() == ID_DIGITS
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(id.substring(0, TIME_DIGITS), 16)))
                : Optional.empty();
    }

    private Map<String, String> attributes(Answer server, SetViews views) {
        Map<String, String> all = new TreeMap<>();
        all.put("environment", spec.environment());
        server.object("storageEngine").text("name").ifPresent(e -> all.put("storageEngine", e));
        views.config().ifPresent(c -> {
            all.put("configVersion", String.valueOf(c.version()));
            all.put("configTerm", String.valueOf(c.term()));
            all.put("chainingAllowed", String.valueOf(c.chainingAllowed()));
        });
        return all;
    }
}
