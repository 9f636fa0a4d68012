package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the host of a pooler tells against pausing it: whether its timer could work, and its configuration be changed. */
final class HostChecks {
    private static final String TIMER = "PG-POOLER-TIMER";
    private static final String TARGET = "PG-POOLER-TARGET";
    private static final String CONFIG = "PG-POOLER-CONFIG";

    private final PostgresEngine engine;
    private final ConsoleView view;
    private final PoolerSpec spec;
    private final Optional<Leader.Serving> primary;
    private final List<Finding> out = new ArrayList<>();

    private HostChecks(PostgresEngine engine, ConsoleView view, Optional<Leader.Serving> primary) {
        this.engine = engine;
        this.view = view;
        this.spec = view.pooler().spec();
        this.primary = primary;
    }

    static List<Finding> of(PostgresEngine engine, ConsoleView view, Optional<Leader.Serving> primary) {
        HostChecks checks = new HostChecks(engine, view, primary);
        List<PoolerDatabase> toMembers =
                named(view).filter(d -> view.pooler().memberOf(d).isPresent()).toList();
        Optional<PoolerHost> host = view.pooler().host();
        if (host.isPresent()) {
            checks.timer(host.get());
            if (!toMembers.isEmpty()) {
                checks.configuration(host.get(), toMembers);
            }
        } else {
            checks.noShell(toMembers);
        }
        checks.targets();
        return List.copyOf(checks.out);
    }

    private static Stream<PoolerDatabase> named(ConsoleView view) {
        return view.pooler().spec().databases().stream().flatMap(d -> view.row(d).stream());
    }

    private void noShell(List<PoolerDatabase> toMembers) {
        if (toMembers.isEmpty()) {
            out.add(
                    Finding.ack(
                            TIMER,
                            view.name(),
                            "no shell on its host",
                            "a dead man's timer there, which resumes it when nobody else can",
                            "add shell to the pooler in the spec, or acknowledge that it stays paused until the run is resumed."));
        } else {
            out.add(Finding.block(
                    CONFIG,
                    view.name(),
                    "its databases name members as host, and there is no shell on its host",
                    "a shell that can point them to the new primary",
                    "add shell to the pooler in the spec, or put something in between that follows the primary."));
        }
    }

    private void timer(PoolerHost host) {
        Secrets secrets = engine.context().secrets();
        CommandResult console = new Psql(
                        spec.address().host(),
                        spec.address().port(),
                        spec.user(),
                        secrets.resolve(spec.password()),
                        "pgbouncer",
                        spec.sslMode())
                .ask(host, "SHOW VERSION");
        if (!console.succeeded()) {
            out.add(Finding.ack(
                    TIMER,
                    view.name(),
                    "psql on " + host + " does not reach its console at " + spec.address() + ": " + said(console),
                    "a dead man's timer on its host that can resume it",
                    "install psql (Debian: postgresql-client) there and let it reach that address, or acknowledge that"
                            + " the pooler stays paused until the run is resumed."));
            return;
        }
        ConnectionSpec c = engine.spec().connection();
        if (primary.isEmpty()) {
            return;
        }
        CommandResult member = new Psql(
                        primary.get().address().host(),
                        primary.get().address().port(),
                        c.user(),
                        secrets.resolve(c.password()),
                        c.database(),
                        c.sslMode())
                .ask(host, "SELECT pg_is_in_recovery()");
        if (!member.succeeded()) {
            out.add(
                    Finding.warn(
                            "PG-POOLER-TIMER-BLIND",
                            view.name(),
                            "psql on " + host + " does not reach "
                                    + primary.get().address() + " as " + c.user() + ": " + said(member),
                            "a dead man's timer that finds the primary by itself",
                            "allow that host in pg_hba.conf; otherwise its timer resumes the pooler late, and to the old primary."));
        }
    }

    private void configuration(PoolerHost host, List<PoolerDatabase> toMembers) {
        String file = view.pooler().configFile(view.config());
        try {
            PoolerIni ini = view.pooler().configuration(host, file);
            for (PoolerDatabase d : toMembers) {
                if (ini.of(d.name()).stream().noneMatch(view.pooler().pointsToMember())) {
                    out.add(Finding.block(
                            CONFIG,
                            view.name(),
                            "database " + d.name() + " leads to " + d.target() + " and " + file + " does not say so",
                            "the configuration that the pooler runs with",
                            "RELOAD the pooler, or correct configFile of the pooler in the spec."));
                }
            }
            Set<String> files = ini.entries().stream()
                    .filter(view.pooler().pointsToMember())
                    .map(IniEntry::file)
                    .collect(Collectors.toSet());
            files.forEach(f -> changeable(host, f));
        } catch (GdsDatabaseException e) {
            out.add(Finding.block(
                    CONFIG, view.name(), String.valueOf(e.getMessage()), "its configuration", e.remedy()));
        }
    }

    /** A file is replaced by another one in its directory, which must come to belong to the same account. */
    private void changeable(PoolerHost host, String file) {
        String look = "f=$(readlink -f -- \"$1\") && [ -w \"$(dirname -- \"$f\")\" ] && "
                + "{ [ \"$(id -u)\" = 0 ] || [ \"$(id -u)\" = \"$(stat -c %u -- \"$f\")\" ]; }";
        if (!host.run(Command.of("sh", "-c", look, "sh", file)).succeeded()) {
            out.add(Finding.block(
                    CONFIG,
                    view.name(),
                    "our account on " + host + " cannot replace " + file,
                    "root, or the file's owner with a directory that it may write to",
                    "set user of the pooler's shell in the spec."));
        }
    }

    private void targets() {
        List<Pause.Follow> follows = view.pooler().follows(view.databases());
        if (primary.isEmpty()) {
            return;
        }
        TargetProof proof = new TargetProof(engine, primary.get().member());
        Optional<String> astray = proof.astray(view.pooler(), follows);
        astray.ifPresent(a -> out.add(Finding.block(
                TARGET,
                view.name(),
                a,
                "a way to the primary " + primary.get().member() + " that the cluster's own login can go",
                "correct the entry, name the member as in the spec, or allow that login there.")));
        if (astray.isEmpty()) {
            follows.stream()
                    .filter(f -> proof.staysHere(view.pooler(), f))
                    .forEach(f -> out.add(Finding.block(
                            TARGET,
                            view.name(),
                            "database " + f.name() + " leads to the server on the pooler's own host",
                            "a host that follows the primary, or a member by the address that the spec gives it",
                            "write " + primary.get().address() + " into its entry and RELOAD.")));
        }
    }

    private static String said(CommandResult result) {
        return result.status() == CommandResult.Status.EXITED
                ? result.error().strip()
                : result.status() + " " + result.error().strip();
    }
}
