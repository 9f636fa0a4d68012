package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fetch, stop, install and start of one member, by the engine's verbs. */
final class MemberHandlers {
    static final String AWAY = "member.away@1";
    static final String STOP = "member.stop@1";
    static final String INSTALL = "member.install@1";
    static final String START = "member.start@1";
    static final String DOWNLOAD = "member.download@1";

    /** What a member ran when the plan was made. */
    static final String FORMER = "former";

    private MemberHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new Away(), new Stop(), new Install(), new Start(), new Download());
    }

    private static String member(StepContext<DatabaseEngine> c) {
        return c.params().string(VerbHandler.MEMBER);
    }

    private static EngineVersion version(StepContext<DatabaseEngine> c) {
        return EngineVersion.parse(c.params().string("version"));
    }

    /**
     * Opens the bracket in which the switchover may leave the former primary down. It has no effect of its own; its closer
     * starts the member, also when the run is stopped between the switchover and the member's own turn.
     */
    private static final class Away extends ReadOnlyHandler {
        Away() {
            super(AWAY);
        }

        @Override
        public String describe(Params p) {
            return "promise that " + p.string(MEMBER) + " is brought back whatever happens";
        }
    }

    /** Opens the bracket in which a member is down. */
    private static final class Stop extends IdempotentHandler {
        private static final String CODE = "GDS-NO-WAY-BACK";

        Stop() {
            super(STOP);
        }

        @Override
        public String describe(Params p) {
            return "stop " + p.string(MEMBER) + " cleanly, when the safety kernel allows it";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            Permit back = wayBack(c);
            if (!(back instanceof Permit.Granted)) {
                return permitted(back, Params::empty);
            }
            return permitted(verbs(c).mayGoDown(member(c), Set.of(), c), () -> verbs(c).beforeStop(member(c)));
        }

        /** A step that opens what was closed is mirrored: behind it the former version is put back. */
        private static Permit wayBack(StepContext<DatabaseEngine> c) {
            Optional<String> former =
                    c.params().optionalString(FORMER).filter(f -> c.step().isCloser());
            return former.map(f -> verbs(c).mayGoBack(member(c), EngineVersion.parse(f)))
                    .orElseGet(Permit::granted);
        }

        /** Asks once more, since a process that takes over comes here without having prepared. */
        @Override
        void effect(StepContext<DatabaseEngine> c) {
            Permit back = wayBack(c);
            String what = "member " + member(c) + " is not stopped for the way back";
            if (back instanceof Permit.Refused r) {
                throw GdsDatabaseException.environment(CODE)
                        .message(what + ": " + r.finding().observed() + ".")
                        .remedy(r.finding().remedy())
                        .build();
            } else if (back instanceof Permit.Wait w) {
                throw new NotNowException(CODE, what, w.blocked());
            }
            verbs(c).stop(member(c), c);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).stopped(member(c), c);
        }
    }

    /** Makes a version the one that a start would run. */
    private static final class Install extends IdempotentHandler {
        Install() {
            super(INSTALL);
        }

        @Override
        public String describe(Params p) {
            return "install " + p.string("version") + " on " + p.string(MEMBER);
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            Optional<EngineVersion> now = verbs(c).installed(member(c));
            if (now.filter(version(c)::equals).isPresent()) {
                return Prepared.already(version(c) + " is installed");
            }
            return Prepared.proceed(
                    now.map(v -> Params.of("from", v.toString())).orElse(Params.empty()));
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            verbs(c).install(member(c), version(c), c);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            Optional<EngineVersion> now = verbs(c).installed(member(c));
            return now.filter(version(c)::equals).isPresent()
                    ? Verdict.holds(verbs(c).told(member(c), version(c), c))
                    : Verdict.again("a start would run "
                            + now.map(EngineVersion::toString).orElse("nothing"));
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            Probed probed = super.probe(c);
            Optional<EngineVersion> from = c.facts().optionalString("from").map(EngineVersion::parse);
            boolean untouched = verbs(c).installed(member(c)).equals(from);
            return probed instanceof Probed.Partial && untouched ? Probed.notDone() : probed;
        }
    }

    /** Closes the bracket: the member is back by facts, on whatever version is installed now. */
    private static final class Start extends IdempotentHandler {
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
            return verbs(c).installed(member(c))
                    .map(v -> Prepared.proceed(Params.of("version", v.toString())))
                    .orElseGet(() -> Prepared.hold(
                            soon("nothing is installed on " + member(c), "a version", "the package manager")));
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            verbs(c).start(member(c), c);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).serving(member(c), EngineVersion.parse(c.facts().string("version")), c);
        }
    }

    /** Fetches while everything serves, so that nothing waits for a mirror while a member is down. */
    private static final class Download extends HarmlessHandler {
        Download() {
            super(DOWNLOAD);
        }

        @Override
        public String describe(Params p) {
            return "fetch " + p.string("version") + " on " + p.string(MEMBER) + " while it serves";
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            verbs(c).download(member(c), version(c), c);
        }
    }
}
