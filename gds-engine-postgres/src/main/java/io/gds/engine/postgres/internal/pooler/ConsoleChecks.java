package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pooler's own console tells against pausing it. */
final class ConsoleChecks {
    static final String PAUSED = "PG-POOLER-PAUSED";
    private static final Duration QUICK_LOGIN_RETRY = Duration.ofSeconds(5);

    private final ConsoleView view;
    private final List<Finding> out = new ArrayList<>();

    private ConsoleChecks(ConsoleView view) {
        this.view = view;
    }

    static List<Finding> of(ConsoleView view) {
        ConsoleChecks checks = new ConsoleChecks(view);
        checks.whole();
        checks.limits();
        view.pooler().spec().databases().forEach(checks::database);
        checks.others();
        return List.copyOf(checks.out);
    }

    private void whole() {
        if (view.pausedAsAWhole()) {
            out.add(Finding.block(
                    PAUSED,
                    view.name(),
                    "all of it is paused or suspended, and not by us",
                    "an active pooler",
                    "find out who paused it and why, then RESUME it."));
        }
        if (view.setting("so_reuseport").equals("1")) {
            out.add(Finding.ack(
                    "PG-POOLER-REUSEPORT",
                    view.name(),
                    "so_reuseport = 1: several processes may share "
                            + view.pooler().spec().address() + ", and a PAUSE reaches one of them",
                    "one process for each address",
                    "acknowledge when there is one process only; otherwise leave this pooler out of the spec."));
        }
    }

    private void limits() {
        Optional<Duration> wait = PauseLimits.queryWait(view.config());
        PauseLimits limits = PauseLimits.of(view.pooler().spec(), view.config());
        if (wait.filter(w -> w.compareTo(limits.total().multipliedBy(2)) < 0).isPresent()) {
            out.add(Finding.block(
                    "PG-POOLER-WAIT",
                    view.name(),
                    "query_wait_timeout " + wait.get() + " with a pauseLimit of " + limits.total(),
                    "a pauseLimit of at most half of query_wait_timeout, after which waiting clients are thrown out",
                    "lower pauseLimit of the pooler in the spec, or raise query_wait_timeout."));
        }
        String retry = view.setting("server_login_retry");
        if (retry.matches("\\d{1,6}") && Long.parseLong(retry) > QUICK_LOGIN_RETRY.toSeconds()) {
            out.add(Finding.warn(
                    "PG-POOLER-LOGIN-RETRY",
                    view.name(),
                    "server_login_retry " + retry + " s",
                    QUICK_LOGIN_RETRY.toSeconds() + " s at most: a PAUSE that meets a server login counts as a failed"
                            + " login, and the next one waits that long",
                    "set server_login_retry = 1 and RELOAD."));
        }
    }

    private void database(String name) {
        Optional<PoolerDatabase> row = view.row(name);
        if (row.isEmpty()) {
            out.add(Finding.block(
                    "PG-POOLER-DATABASE",
                    view.name(),
                    "no database " + name,
                    "every database of the spec in [databases]; those of the * entry are not known before they are used",
                    "give " + name + " a line of its own, or correct databases of the pooler in the spec."));
            return;
        }
        if (row.get().paused() || row.get().disabled()) {
            out.add(Finding.block(
                    PAUSED,
                    view.name(),
                    "database " + name + " is " + (row.get().paused() ? "paused" : "disabled") + ", and not by us",
                    "an active database",
                    "find out who did that and why, then " + (row.get().paused() ? "RESUME" : "ENABLE") + " it."));
        }
        String mode = row.get().poolMode().orElse(view.setting("pool_mode"));
        if (mode.equals("session")) {
            out.add(Finding.block(
                    "PG-POOLER-SESSION",
                    view.name(),
                    "database " + name + " is pooled by session",
                    "transaction or statement pooling: a PAUSE of sessions waits until every client has left",
                    "set pool_mode = transaction for it, or leave it out of the spec."));
        }
        String host = row.get().host().orElse("");
        if (host.indexOf(',') >= 0) {
            out.add(Finding.block(
                    "PG-POOLER-TARGET",
                    view.name(),
                    "database " + name + " leads to several hosts, " + host,
                    "one host: the primary, or what leads to it",
                    "name one host in its entry."));
        }
    }

    /** Entries that lead to a member, and that nobody asked to pause. */
    private void others() {
        for (PoolerDatabase d : view.databases()) {
            Optional<String> member = view.pooler().memberOf(d);
            if (member.isPresent() && !view.pooler().spec().databases().contains(d.name())) {
                out.add(
                        Finding.warn(
                                "PG-POOLER-OTHER-DATABASE",
                                view.name(),
                                "database " + d.name() + " leads to member " + member.get() + " and is not in the spec",
                                "every database that leads to the cluster",
                                "add it to databases of the pooler; otherwise it is neither paused nor pointed to a new primary."));
            }
        }
    }
}
