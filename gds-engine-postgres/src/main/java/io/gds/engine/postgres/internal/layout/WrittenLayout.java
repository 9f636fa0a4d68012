package io.gds.engine.postgres.internal.layout;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import java.util.Optional;

/** What the cluster spec says. */
public final class WrittenLayout implements Layout {
    private final PostgresSpec spec;

    /** The layout of a spec. */
    public WrittenLayout(PostgresSpec spec) {
        this.spec = spec;
    }

    @Override
    public String dataDir(String member) {
        return spec.member(member).dataDir().orElseThrow(() -> GdsDatabaseException.user("PG-DATA-DIR")
                .message("member " + member + " of cluster " + spec.name() + " has no dataDir in the spec.")
                .remedy("add dataDir to the member.")
                .build());
    }

    @Override
    public Optional<String> owner(String member) {
        return spec.serverUser();
    }

    @Override
    public Optional<String> program(String member) {
        return Optional.empty();
    }
}
