package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stop, install and start of one member, by the engine's verbs. */
final class MemberHandlers {
    static final String AWAY = "member.away@1";
    static final String STOP = "member.stop@1";
    static final String INSTALL = "member.install@1";
    static final String START = "member.start@1";
    static final String DOWNLOAD = "member.download@1";
    static final String RESTART = "member.restart@1";

    private static final String MEMBER = "member";

    private MemberHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new Away(), new Stop(), new Install(), new Start(), new Download(), new Restart());
    }

    /**
     * Opens the bracket in which the switchover may leave the former primary down. It has no effect of its own; its closer
     * starts the member, also when the run is stopped between the switchover and the member's own turn.
     */
    private static final class Away extends VerbHandler {
        Away() {
            super(AWAY);
        }

        @Override
        public String describe(Params p) {
            return "promise that " + p.string(MEMBER) + " is brought back whatever happens";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return Verdict.holds();
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return Probed.done();
        }
    }

    /** Opens the bracket in which a member is down. */
    private static final class Stop extends VerbHandler {
        Stop() {
            super(STOP);
        }

        @Override
        public String describe(Params p) {
            return "stop " + p.string(MEMBER) + " cleanly, when the safety kernel allows it";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            String member = c.params().string(MEMBER);
            return permitted(verbs(c).mayGoDown(member, Set.of(), c), () -> verbs(c).beforeStop(member));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            verbs(c).stop(c.params().string(MEMBER), c);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).stopped(c.params().string(MEMBER), c);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return doneOrPartial(verify(c));
        }
    }

    /** Makes a version the one that a start would run. */
    private static final class Install extends VerbHandler {
        Install() {
            super(INSTALL);
        }

        @Override
        public String describe(Params p) {
            return "install " + p.string("version") + " on " + p.string(MEMBER);
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            Optional<EngineVersion> now = verbs(c).installed(c.params().string(MEMBER));
            EngineVersion wanted = EngineVersion.parse(c.params().string("version"));
            if (now.filter(wanted::equals).isPresent()) {
                return Prepared.already(wanted + " is installed");
            }
            return Prepared.proceed(
                    now.map(v -> Params.of("from", v.toString())).orElse(Params.empty()));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            verbs(c).install(
                            c.params().string(MEMBER),
                            EngineVersion.parse(c.params().string("version")),
                            c);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return installed(c)
                    ? Verdict.holds()
                    : Verdict.again("a start would run "
                            + verbs(c).installed(c.params().string(MEMBER))
                                    .map(EngineVersion::toString)
                                    .orElse("nothing"));
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            if (installed(c)) {
                return Probed.done();
            }
            Optional<EngineVersion> now = verbs(c).installed(c.params().string(MEMBER));
            Optional<EngineVersion> from = c.facts().optionalString("from").map(EngineVersion::parse);
            return now.equals(from)
                    ? Probed.notDone()
                    : Probed.partial("a start would run "
                            + now.map(EngineVersion::toString).orElse("nothing"));
        }

        private static boolean installed(StepContext<DatabaseEngine> c) {
            EngineVersion wanted = EngineVersion.parse(c.params().string("version"));
            return verbs(c).installed(c.params().string(MEMBER))
                    .filter(wanted::equals)
                    .isPresent();
        }
    }

    /** Closes the bracket: the member is back by facts, on whatever version is installed now. */
    private static final class Start extends VerbHandler {
        Start() {
            super(START);
        }

        @Override
        public String describe(Params p) {
            return "start " + p.string(MEMBER)
                    + " and wait until it counts as back: version, identity, following, caught up";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return verbs(c).installed(c.params().string(MEMBER))
                    .map(v -> Prepared.proceed(Params.of("version", v.toString())))
                    .orElseGet(() -> Prepared.hold(soon(
                            "nothing is installed on " + c.params().string(MEMBER),
                            "a version",
                            "the package manager")));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            verbs(c).start(c.params().string(MEMBER), c);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).serving(
                            c.params().string(MEMBER),
                            EngineVersion.parse(c.facts().string("version")),
                            c);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return doneOrPartial(verify(c));
        }
    }

    /** Fetches while everything serves, so that nothing waits for a mirror while a member is down. */
    private static final class Download extends VerbHandler {
        Download() {
            super(DOWNLOAD);
        }

        @Override
        public String describe(Params p) {
            return "fetch " + p.string("version") + " on " + p.string(MEMBER) + " while it serves";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            verbs(c).download(
                            c.params().string(MEMBER),
                            EngineVersion.parse(c.params().string("version")),
                            c);
            return Params.of("downloaded", true);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return Verdict.holds();
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return Probed.partial("may not be complete; fetching again does no harm");
        }
    }

    /** Restarts the primary where it is, on whatever version is installed now. */
    private static final class Restart extends VerbHandler {
        Restart() {
            super(RESTART);
        }

        @Override
        public String describe(Params p) {
            return "restart " + p.string(MEMBER) + " where it is, on the version that is installed";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            String member = c.params().string(MEMBER);
            Optional<EngineVersion> installed = verbs(c).installed(member);
            if (installed.isEmpty()) {
                return Prepared.hold(soon("nothing is installed on " + member, "a version", "the package manager"));
            }
            Optional<EngineVersion> running =
                    engineOf(c).topology().member(member).flatMap(Member::version);
            if (running.filter(v -> v.sameRelease(installed.get())).isPresent()) {
                return Prepared.already(member + " runs " + running.get() + ", which is installed");
            }
            return permitted(turns(c).mayRestart(member, c), () -> verbs(c).beforeStop(member)
                    .with("version", installed.get().toString()));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            turns(c).restart(c.params().string(MEMBER), version(c), c);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return turns(c).restarted(c.params().string(MEMBER), version(c), c);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return doneOrPartial(verify(c));
        }

        private static EngineVersion version(StepContext<DatabaseEngine> c) {
            return EngineVersion.parse(c.facts().string("version"));
        }

        private static PrimaryTurns turns(StepContext<DatabaseEngine> c) {
            return facet(engineOf(c), PrimaryTurns.class);
        }
    }
}
