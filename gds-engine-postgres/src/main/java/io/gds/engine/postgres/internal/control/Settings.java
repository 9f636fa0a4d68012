package io.gds.engine.postgres.internal.control;

import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.Literal;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.util.Optional;

/** Settings of members, written so that they survive restarts: by the server when it runs, in its file when it does not. */
public final class Settings {
    private final PostgresEngine engine;

    /** Settings of a cluster's members. */
    public Settings(PostgresEngine engine) {
        this.engine = engine;
    }

    /** The value in force. */
    public String inForce(String member, String name) {
        return engine.connections()
                .onMember(
                        member,
                        s -> s.one(
                                "SELECT current_setting(?, true) AS v",
                                r -> r.optionalText("v").orElse(""),
                                name));
    }

    /** What {@code postgresql.auto.conf} says: the pre-image of a change by us. */
    public Optional<String> written(String member, String name) {
        Host host = new Host(engine, member);
        return host.autoConf().get(name);
    }

    /** Writes a value, or removes what was written when there is none, and loads it when the server runs. */
    public void write(String member, String name, Optional<String> value) {
        Host host = new Host(engine, member);
        if (host.postmaster().isEmpty()) {
            AutoConf conf = host.autoConf();
            host.write(value.isPresent() ? conf.with(name, value.get()) : conf.without(name));
            return;
        }
        engine.connections().onMember(member, s -> {
            Identifier id = Identifier.of(name);
            s.execute(
                    value.isPresent()
                            ? SqlText.of("ALTER SYSTEM SET {} = {}", id, Literal.secret(value.get()))
                            : SqlText.of("ALTER SYSTEM RESET {}", id));
            s.execute(SqlText.of("SELECT pg_reload_conf()"));
            return name;
        });
    }
}
