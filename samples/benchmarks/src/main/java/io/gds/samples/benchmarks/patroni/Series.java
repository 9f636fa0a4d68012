package io.gds.samples.benchmarks.patroni;

import io.gds.database.plan.PrimaryTurn;
import io.gds.samples.benchmarks.Figure;
import io.gds.samples.benchmarks.Samples;
import io.gds.testbed.Bed;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The figures, each series on one bed, ours and its counterpart in turns. */
final class Series {
    private static final String MS = "ms";
    private static final String SECONDS = "s";

    private final Bed bed;
    private final Path dir;
    private final int repetitions;

    Series(Bed bed, Path dir, int repetitions) {
        this.bed = bed;
        this.dir = dir;
        this.repetitions = repetitions;
    }

    /** The write gap of a switchover, and of what {@code AUTO} chooses beside it; and the time for the whole patch. */
    List<Figure> switchover() throws IOException, InterruptedException, SQLException {
        Versus gap = new Versus("switchover", MS);
        Samples auto = new Samples("auto ours, ms");
        Versus wall = new Versus("patch", SECONDS);
        Versus inAll = new Versus("patch with planning", SECONDS);
        for (int i = 1; i <= repetitions; i++) {
            Trial ours = trial("switchover-ours", i, new LibraryPatch(PrimaryTurn.SWITCHOVER, false));
            Trial theirs = trial("switchover-by-hand", i, new HandMade(PrimaryTurn.SWITCHOVER, false));
            gap.add(ours.gap(), theirs.gap());
            wall.add(ours.seconds(), theirs.seconds());
            inAll.add(ours.inAll(), theirs.inAll());
            auto.add(trial("auto-ours", i, new LibraryPatch(PrimaryTurn.AUTO, false))
                    .gap());
        }
        auto.print(gap.theirs());
        return List.of(
                gap.atMost("patroni switchover", 1.1),
                Figure.atMost("patroni auto vs switchover", MS, auto, gap.theirs(), 0.45),
                wall.told("patroni wall time without planning"),
                inAll.atMost("patroni wall time", 1.1));
    }

    /** The write gap of a restart in place. */
    List<Figure> restart() throws IOException, InterruptedException, SQLException {
        return List.of(gaps("restart", PrimaryTurn.RESTART_IN_PLACE).atMost("patroni restart in place", 1.1));
    }

    /** The write gaps where commits wait for a standby at all times. */
    List<Figure> strict() throws IOException, InterruptedException, SQLException {
        return List.of(
                gaps("strict-switchover", PrimaryTurn.SWITCHOVER).atMost("patroni strict switchover", 0.6),
                gaps("strict-restart", PrimaryTurn.RESTART_IN_PLACE).atMost("patroni strict restart in place", 0.25));
    }

    private Versus gaps(String name, PrimaryTurn turn) throws IOException, InterruptedException, SQLException {
        Versus gap = new Versus(name, MS);
        for (int i = 1; i <= repetitions; i++) {
            Trial ours = trial(name + "-ours", i, new LibraryPatch(turn, false));
            Trial theirs = trial(name + "-by-hand", i, new HandMade(turn, false));
            gap.add(ours.gap(), theirs.gap());
        }
        return gap;
    }

    /** The longest transaction of clients behind a pooler that is paused for the switchover. */
    List<Figure> pgbouncer() throws IOException, InterruptedException, SQLException {
        Versus longest = new Versus("longest transaction", MS);
        for (int i = 1; i <= repetitions; i++) {
            Trial a = trial("pgbouncer-ours", i, Trial.Clients.POOLED, new LibraryPatch(PrimaryTurn.SWITCHOVER, true));
            a.load().assertNoneFailed();
            Trial b = trial("pgbouncer-by-hand", i, Trial.Clients.POOLED, new HandMade(PrimaryTurn.SWITCHOVER, true));
            longest.add(a.longestTransaction(), b.longestTransaction());
        }
        return List.of(longest.atMost("patroni pgbouncer", 1.15));
    }

    /** How long an ordinary playbook takes, and how often it leaves a member running the old version. */
    List<Figure> ansible() throws IOException, InterruptedException, SQLException {
        Playbook.prepare(dir.resolve("ansible.txt"));
        Versus wall = new Versus("patch with planning, and by the playbook", SECONDS);
        List<List<String>> oldOurs = new ArrayList<>();
        List<List<String>> oldPlaybook = new ArrayList<>();
        for (int i = 1; i <= repetitions; i++) {
            Trial a = trial("ansible-ours", i, new LibraryPatch(PrimaryTurn.SWITCHOVER, false));
            oldOurs.add(a.old());
            Trial b = trial("ansible-playbook", i, new Playbook());
            oldPlaybook.add(b.old());
            wall.add(a.inAll(), b.inAll());
        }
        System.out.println(
                "members that run the old version afterwards: ours " + oldOurs + ", playbook " + oldPlaybook);
        return List.of(
                wall.told("patroni wall time, ansible"),
                new Figure(
                        "patroni old version, ansible",
                        left(oldOurs),
                        left(oldPlaybook),
                        "-",
                        "ours 0",
                        oldOurs.stream().allMatch(List::isEmpty)));
    }

    private static String left(List<List<String>> old) {
        return old.stream().filter(l -> !l.isEmpty()).count() + " of " + old.size();
    }

    private Trial trial(String name, int i, Patch patch) throws IOException, InterruptedException, SQLException {
        return trial(name, i, Trial.Clients.DIRECT, patch);
    }

    private Trial trial(String name, int i, Trial.Clients clients, Patch patch)
            throws IOException, InterruptedException, SQLException {
        Trial t = Trial.of(bed, clients, patch, dir.resolve(name + "-" + i + ".txt"));
        System.out.println("  " + name + " " + i + ": " + t);
        return t;
    }
}
