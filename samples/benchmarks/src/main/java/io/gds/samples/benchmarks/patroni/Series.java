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

    /** The write gaps of the leader's turn where commits wait for nobody, and the time for the whole patch. */
    List<Figure> gaps() throws IOException, InterruptedException, SQLException {
        Samples switchover = new Samples("switchover ours, ms");
        Samples switchoverByHand = new Samples("switchover by hand, ms");
        Samples restart = new Samples("restart in place ours, ms");
        Samples restartByHand = new Samples("restart in place by hand, ms");
        Samples auto = new Samples("auto ours, ms");
        Samples wall = new Samples("patch ours, s");
        Samples inAll = new Samples("patch with planning ours, s");
        Samples wallByHand = new Samples("patch by hand, s");
        for (int i = 1; i <= repetitions; i++) {
            Trial ours = trial("switchover-ours", i, new LibraryPatch(PrimaryTurn.SWITCHOVER, false));
            Trial theirs = trial("switchover-by-hand", i, new HandMade(PrimaryTurn.SWITCHOVER, false));
            switchover.add(ours.gap());
            switchoverByHand.add(theirs.gap());
            wall.add(ours.seconds());
            inAll.add(ours.inAll());
            wallByHand.add(theirs.seconds());
            auto.add(trial("auto-ours", i, new LibraryPatch(PrimaryTurn.AUTO, false))
                    .gap());
            restart.add(trial("restart-ours", i, new LibraryPatch(PrimaryTurn.RESTART_IN_PLACE, false))
                    .gap());
            restartByHand.add(trial("restart-by-hand", i, new HandMade(PrimaryTurn.RESTART_IN_PLACE, false))
                    .gap());
        }
        switchover.print(switchoverByHand);
        restart.print(restartByHand);
        auto.print(switchoverByHand);
        wall.print(wallByHand);
        inAll.print(wallByHand);
        return List.of(
                Figure.atMost("patroni switchover", MS, switchover, switchoverByHand, 1.1),
                Figure.atMost("patroni restart in place", MS, restart, restartByHand, 1.1),
                Figure.atMost("patroni auto vs switchover", MS, auto, switchoverByHand, 0.45),
                Figure.atMost("patroni wall time", SECONDS, wall, wallByHand, 1.1),
                told("patroni wall time with planning", inAll, wallByHand));
    }

    /** The write gaps where commits wait for a standby at all times. */
    List<Figure> strict() throws IOException, InterruptedException, SQLException {
        Samples switchover = new Samples("strict switchover ours, ms");
        Samples switchoverByHand = new Samples("strict switchover by hand, ms");
        Samples restart = new Samples("strict restart in place ours, ms");
        Samples restartByHand = new Samples("strict restart in place by hand, ms");
        for (int i = 1; i <= repetitions; i++) {
            switchover.add(trial("strict-switchover-ours", i, new LibraryPatch(PrimaryTurn.SWITCHOVER, false))
                    .gap());
            switchoverByHand.add(trial("strict-switchover-by-hand", i, new HandMade(PrimaryTurn.SWITCHOVER, false))
                    .gap());
            restart.add(trial("strict-restart-ours", i, new LibraryPatch(PrimaryTurn.RESTART_IN_PLACE, false))
                    .gap());
            restartByHand.add(trial("strict-restart-by-hand", i, new HandMade(PrimaryTurn.RESTART_IN_PLACE, false))
                    .gap());
        }
        switchover.print(switchoverByHand);
        restart.print(restartByHand);
        return List.of(
                Figure.atMost("patroni strict switchover", MS, switchover, switchoverByHand, 0.6),
                Figure.atMost("patroni strict restart in place", MS, restart, restartByHand, 0.25));
    }

    /** The longest transaction of clients behind a pooler that is paused for the switchover. */
    List<Figure> pgbouncer() throws IOException, InterruptedException, SQLException {
        Samples ours = new Samples("longest transaction ours, ms");
        Samples byHand = new Samples("longest transaction by hand, ms");
        for (int i = 1; i <= repetitions; i++) {
            Trial a = trial("pgbouncer-ours", i, Trial.Clients.POOLED, new LibraryPatch(PrimaryTurn.SWITCHOVER, true));
            a.load().assertNoneFailed();
            ours.add(a.longestTransaction());
            Trial b = trial("pgbouncer-by-hand", i, Trial.Clients.POOLED, new HandMade(PrimaryTurn.SWITCHOVER, true));
            byHand.add(b.longestTransaction());
        }
        ours.print(byHand);
        return List.of(Figure.atMost("patroni pgbouncer", MS, ours, byHand, 1.15));
    }

    /** How long an ordinary playbook takes, and how often it leaves a member running the old version. */
    List<Figure> ansible() throws IOException, InterruptedException, SQLException {
        Playbook.prepare(dir.resolve("ansible.txt"));
        Samples ours = new Samples("patch ours, s");
        Samples playbook = new Samples("patch by the playbook, s");
        List<List<String>> oldOurs = new ArrayList<>();
        List<List<String>> oldPlaybook = new ArrayList<>();
        for (int i = 1; i <= repetitions; i++) {
            Trial a = trial("ansible-ours", i, new LibraryPatch(PrimaryTurn.SWITCHOVER, false));
            ours.add(a.inAll());
            oldOurs.add(a.old());
            Trial b = trial("ansible-playbook", i, new Playbook());
            playbook.add(b.inAll());
            oldPlaybook.add(b.old());
        }
        ours.print(playbook);
        System.out.println(
                "members that run the old version afterwards: ours " + oldOurs + ", playbook " + oldPlaybook);
        return List.of(
                told("patroni wall time with planning, ansible", ours, playbook),
                new Figure(
                        "patroni old version, ansible",
                        left(oldOurs),
                        left(oldPlaybook),
                        "-",
                        "ours 0",
                        oldOurs.stream().allMatch(List::isEmpty)));
    }

    private static Figure told(String name, Samples ours, Samples theirs) {
        return new Figure(
                name,
                Samples.number(ours.median()) + " " + SECONDS,
                Samples.number(theirs.median()) + " " + SECONDS,
                Samples.number(ours.over(theirs)),
                "-",
                true);
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
