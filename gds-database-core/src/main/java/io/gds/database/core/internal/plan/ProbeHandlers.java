package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.probe.Probes;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.WriteReport;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import java.util.List;
import java.util.Optional;

/** The two ends of the availability probe's bracket. The writers themselves belong to whoever drives the run. */
final class ProbeHandlers {
    static final String OPEN = Probes.OPEN + "@1";
    static final String CLOSE = Probes.CLOSE + "@1";

    private ProbeHandlers() {}

    static List<VerbHandler> all(Probes probes) {
        return List.of(new Open(), new Close(probes));
    }

    private static ProbeTable table(StepContext<DatabaseEngine> c) {
        return VerbHandler.facet(c.engine(), ProbeTable.class);
    }

    private static Verdict exists(StepContext<DatabaseEngine> c, boolean wanted) {
        String name = Probes.table(c.run());
        Optional<Boolean> there = table(c).exists(name);
        if (there.isEmpty()) {
            return Verdict.notYet(VerbHandler.soon(
                    "whether table " + name + " is there cannot be told", "an answer", "the primary answering"));
        }
        return there.get() == wanted
                ? Verdict.holds()
                : Verdict.again("table " + name + (wanted ? " is not there" : " is still there"));
    }

    private static Probed probed(Verdict v) {
        return v instanceof Verdict.Again ? Probed.notDone() : VerbHandler.doneOrPartial(v);
    }

    private static final class Open extends VerbHandler {
        Open() {
            super(OPEN);
        }

        @Override
        public String describe(Params p) {
            return "create the probe's table; " + p.integer("clients") + " client(s) write every "
                    + p.string("interval");
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.of("table", Probes.table(c.run())));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            table(c).create(Probes.table(c.run()));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return exists(c, true);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return probed(exists(c, true));
        }
    }

    private static final class Close extends VerbHandler {
        private final Probes probes;

        Close(Probes probes) {
            super(CLOSE);
            this.probes = probes;
        }

        @Override
        public String describe(Params p) {
            return "stop the probe, prove every acknowledged write against the table, drop the table";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            WriteReport report = probes.conclude(c.run(), c.engine(), table(c), c.params());
            c.progress(report.toString());
            return Prepared.proceed(Params.of("report", report.document()));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            if (bad(c).isPresent()) {
                return Params.empty(); // the table is evidence; it stays
            }
            c.fence();
            table(c).drop(Probes.table(c.run()));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return bad(c).<Verdict>map(Verdict::broken).orElseGet(() -> {
                Verdict gone = exists(c, false);
                if (gone instanceof Verdict.Holds) {
                    probes.archive(c.run()); // a way back later starts a new table, and so new ledgers
                }
                return gone;
            });
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return bad(c).isPresent() ? Probed.done() : probed(exists(c, false));
        }

        private static Optional<Finding> bad(StepContext<DatabaseEngine> c) {
            WriteReport r = WriteReport.fromDocument(c.facts().object("report"));
            return r.lost() == 0 && r.doubled() == 0
                    ? Optional.empty()
                    : Optional.of(
                            Finding.block(
                                    "GDS-WRITES-LOST",
                                    c.engine().name(),
                                    r.lost() + " acknowledged writes are missing, " + r.doubled() + " are there twice",
                                    "every acknowledged write exactly once",
                                    "compare table " + Probes.table(c.run())
                                            + ", which was kept, with the ledger beside the journal; check replication settings."));
        }
    }
}
