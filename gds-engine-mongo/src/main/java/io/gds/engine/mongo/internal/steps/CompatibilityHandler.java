package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Undoable;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import io.gds.engine.mongo.internal.kernel.Health;
import io.gds.engine.mongo.internal.kernel.Kernel;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import io.gds.engine.mongo.internal.upgrade.Series;
import io.gds.engine.mongo.internal.upgrade.VersionPath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * Raises the feature compatibility version: the end of a hop. The server takes the same wish again after any failure, so a change
 * that was left half done, by us or by somebody else, is finished by asking once more.
 */
final class CompatibilityHandler extends MongoHandler {
    static final String RAISE = "mongo.compatibility-raise@1";
    static final String SERIES = "series";

    private static final VersionPath PATH = VersionPath.read();

    CompatibilityHandler() {
        super(RAISE);
    }

    @Override
    public String describe(Params p) {
        return "raise the feature compatibility version to "
                + p.optionalString(SERIES).orElse("the new series") + "; behind it only a restore leads back";
    }

    @Override
    public Prepared prepare(StepContext<MongoCluster> c) {
        Series wanted = wanted(c);
        List<SetViews> parts = views(c);
        Permit permit = mayRaise(c, parts);
        if (permit instanceof Permit.Wait w) {
            return Prepared.hold(w.blocked());
        } else if (permit instanceof Permit.Refused r) {
            return Prepared.refuse(r.finding());
        }
        // told once more also where it is there already, which changes nothing: a step that is left out seals nothing,
        // and no way leads back from here, whoever raised it
        boolean lacking = !lacking(parts, wanted).isEmpty();
        return lacking && PATH.hasDryRun(wanted) ? tried(c, wanted) : Prepared.proceed(before(parts));
    }

    private static Permit mayRaise(StepContext<MongoCluster> c, List<SetViews> parts) {
        Series wanted = wanted(c);
        List<Finding> ill = parts.stream()
                .filter(p -> !p.spec().isRouters())
                .flatMap(p -> Health.of(p).stream())
                .toList();
        if (!ill.isEmpty()) {
            Finding f = ill.get(0);
            return Permit.wait(new Blocked(f.subject() + ": " + f.observed(), f.expected(), f.remedy(), SOON));
        }
        Set<String> silent = silent(parts);
        if (!silent.isEmpty() || !allLed(parts)) {
            return Permit.wait(new Blocked(
                    "silent are " + silent, "a primary of each set, and everybody answering", "their return", SOON));
        }
        List<String> older = parts.stream()
                .flatMap(p -> p.all().stream())
                .filter(v -> !Series.of(v.version()).equals(wanted))
                .map(v -> v.member().name() + " runs " + v.version())
                .toList();
        if (!older.isEmpty()) {
            return Permit.refused(Finding.block(
                    "MONGO-FCV-VERSIONS",
                    c.engine().name(),
                    older.toString(),
                    "a version of " + wanted + " on every member",
                    "bring every member to it first."));
        }
        return Permit.granted();
    }

    private static List<SetViews> views(StepContext<MongoCluster> c) {
        return c.engine().parts().stream().map(MongoEngine::views).toList();
    }

    private static Set<String> silent(List<SetViews> parts) {
        return parts.stream().flatMap(p -> p.silent().keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean allLed(List<SetViews> parts) {
        return parts.stream().allMatch(p -> p.spec().isRouters() || p.primary().isPresent());
    }

    private static Prepared tried(StepContext<MongoCluster> c, Series wanted) {
        try {
            c.engine().tellWhole(command(wanted).append("dryRun", true));
            return Prepared.proceed(before(views(c)));
        } catch (CommandRefusedException e) {
            return Prepared.refuse(Finding.block(
                    "MONGO-FCV-REFUSED",
                    c.engine().name(),
                    "the server's dry run: " + e.getMessage(),
                    "a dry run without an error",
                    "remove what it names, then go on."));
        }
    }

    private static Params before(List<SetViews> parts) {
        return parts.get(0)
                .primary()
                .flatMap(MemberView::compatibility)
                .map(f -> Params.of("before", f.version()))
                .orElse(Params.empty());
    }

    private static Series wanted(StepContext<MongoCluster> c) {
        return Series.parse(c.params().string(SERIES));
    }

    private static Document command(Series wanted) {
        Document command = new Document("setFeatureCompatibilityVersion", wanted.toString());
        return PATH.wantsConfirm(wanted) ? command.append("confirm", true) : command;
    }

    /**
     * Looks once more, since a process that takes over comes here without having prepared, and there is no way back.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code MONGO-NOT-NOW} when something speaks against it
     */
    @Override
    public Params apply(StepContext<MongoCluster> c) {
        Permit now = mayRaise(c, views(c));
        if (!(now instanceof Permit.Granted)) {
            throw Kernel.notNow("the feature compatibility version is not raised", now);
        }
        c.fence();
        c.engine().tellWhole(command(wanted(c)));
        return Params.empty();
    }

    /** Every member's own word: it reaches them by replication. */
    @Override
    public Verdict verify(StepContext<MongoCluster> c) {
        List<SetViews> parts = views(c);
        Set<String> silent = silent(parts);
        if (!silent.isEmpty()) {
            return notYet("silent are " + silent, "an answer from everybody", "their return");
        }
        List<String> lacking = lacking(parts, wanted(c));
        if (lacking.isEmpty()) {
            return Verdict.holds();
        }
        List<String> primaries = parts.stream()
                .flatMap(p -> p.primary().stream())
                .map(p -> p.member().name())
                .filter(lacking::contains)
                .toList();
        return !primaries.isEmpty()
                ? Verdict.again("the feature compatibility version of " + primaries + ", who lead, is not " + wanted(c)
                        + " yet")
                : notYet(lacking + " do not have it yet", wanted(c) + " everywhere", "replication");
    }

    /** Who has another one, or is half way; arbiters have their own, which follows nobody. */
    private static List<String> lacking(List<SetViews> parts, Series wanted) {
        return parts.stream()
                .flatMap(p -> p.all().stream())
                .filter(v -> v.compatibility()
                        .filter(f -> !f.version().equals(wanted.toString())
                                || f.target().isPresent())
                        .isPresent())
                .map(v -> v.member().name())
                .toList();
    }

    @Override
    public Undoable undoable(StepContext<MongoCluster> c) {
        return new Undoable(Undoable.Kind.RESTORE_ONLY, "", "what was written since the backup that is restored");
    }
}
