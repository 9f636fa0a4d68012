package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An immutable, ordered intention: a graph of steps with everything needed to run, print, compare and undo it.
 *
 * <p>{@link #hash()} covers the cluster reference, its identity, steps, edges, gates, locks and undo, and nothing else;
 * approvals bind to it. Targets, findings, estimates and the time of planning stand beside the plan.
 */
public final class Plan {
    private final String kind;
    private final String title;
    private final ClusterRef cluster;
    private final String fingerprint;
    private final List<Step> steps;
    private final Map<StepId, Step> byId;
    private final Map<String, Integer> locks;
    private final boolean rollbackOnFailure;
    private final List<PlanTarget> targets;
    private final List<Finding> findings;
    private final Estimates estimates;
    private final Instant createdAt;
    private final String hash;

    private Plan(Builder b) {
        this.kind = b.kind;
        this.title = b.title;
        this.cluster = b.cluster;
        this.fingerprint = b.fingerprint;
        this.steps = PlanChecks.inOrder(b.steps);
        Map<StepId, Step> index = new LinkedHashMap<>();
        steps.forEach(s -> index.put(s.id(), s));
        this.byId = index;
        this.locks = new TreeMap<>(b.locks);
        this.rollbackOnFailure = b.rollbackOnFailure;
        this.targets = List.copyOf(b.targets);
        this.findings = List.copyOf(b.findings);
        this.estimates = b.estimates;
        this.createdAt = b.createdAt;
        PlanChecks.check(this);
        this.hash = sha256(hashed().toJson());
    }

    /**
     * Starts a plan.
     *
     * @param kind the procedure that made it, for example {@code rolling-patch}
     * @param title one line for people
     * @param cluster how to open the cluster again
     * @param fingerprint the identity of the cluster when the plan was made
     */
    public static Builder of(String kind, String title, ClusterRef cluster, String fingerprint) {
        return new Builder(kind, title, cluster, fingerprint);
    }

    /** The procedure that made it. */
    public String kind() {
        return kind;
    }

    /** One line for people. */
    public String title() {
        return title;
    }

    /** How to open the cluster again. */
    public ClusterRef cluster() {
        return cluster;
    }

    /** The identity of the cluster when the plan was made; see {@code Topology.fingerprint()}. */
    public String fingerprint() {
        return fingerprint;
    }

    /** All steps, in an order that respects their edges. */
    public List<Step> steps() {
        return steps;
    }

    /** A step by name. */
    public Optional<Step> step(StepId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many permits each counted lock has. */
    public Map<String, Integer> locks() {
        return java.util.Collections.unmodifiableMap(locks);
    }

    /** Whether a failure leads to the way back by itself. */
    public boolean rollbackOnFailure() {
        return rollbackOnFailure;
    }

    /** What it was made for, also where nothing is done; empty for plans that are about a cluster as a whole. */
    public List<PlanTarget> targets() {
        return targets;
    }

    /** What the pre-flight saw. */
    public List<Finding> findings() {
        return findings;
    }

    /** Expected durations. */
    public Estimates estimates() {
        return estimates;
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    /** SHA-256 over the canonical form of what the plan would do, in hexadecimal. */
    public String hash() {
        return hash;
    }

    /** The same plan with other estimates; the hash stays. */
    public Plan withEstimates(Estimates better) {
        Builder b = toBuilder();
        b.estimates = requireNonNull(better, "better");
        return b.build();
    }

    /** The same plan with other findings; the hash stays. */
    public Plan withFindings(List<Finding> seen) {
        return toBuilder().findings(seen).build();
    }

    /** The plan as a human document: findings, steps, expected time and write gap, way back for each step. */
    public String asRunbook() {
        return Runbook.render(this);
    }

    /** What differs from another plan, a line each, in the manner of a diff; empty when both would do the same. */
    public List<String> diff(Plan other) {
        return PlanDiff.between(this, other);
    }

    /** The whole plan as a plain object, findings and estimates included. */
    public Params document() {
        Params doc = targets.isEmpty()
                ? hashed()
                : hashed().with(
                                "targets",
                                targets.stream().map(PlanTarget::document).toList());
        return doc.with("title", title)
                .with("findings", findings.stream().map(Finding::document).toList())
                .with("estimates", estimates.document())
                .with("createdAt", createdAt.toString());
    }

    private Params hashed() {
        return Params.of("kind", kind, "cluster", cluster.document(), "fingerprint", fingerprint)
                .with("steps", steps.stream().map(Step::document).toList())
                .with("locks", locks)
                .with("rollbackOnFailure", rollbackOnFailure);
    }

    /** Reads what {@link #document()} wrote. */
    public static Plan fromDocument(Params doc) {
        Builder b = of(
                        doc.string("kind"),
                        doc.string("title"),
                        ClusterRef.fromDocument(doc.object("cluster")),
                        doc.string("fingerprint"))
                .createdAt(Instant.parse(doc.string("createdAt")))
                .findings(doc.objects("findings").stream()
                        .map(Finding::fromDocument)
                        .toList())
                .estimates(Estimates.fromDocument(doc.object("estimates")))
                .rollbackOnFailure(doc.flag("rollbackOnFailure"));
        doc.objects("steps").forEach(s -> b.step(Step.fromDocument(s)));
        if (doc.has("targets")) { // plans that were written before there were any have none
            doc.objects("targets").forEach(t -> b.target(PlanTarget.fromDocument(t)));
        }
        Params locks = doc.object("locks");
        locks.asMap().keySet().forEach(l -> b.lock(l, Math.toIntExact(locks.integer(l))));
        return b.build();
    }

    private Builder toBuilder() {
        Builder b = of(kind, title, cluster, fingerprint)
                .createdAt(createdAt)
                .findings(findings)
                .estimates(estimates)
                .rollbackOnFailure(rollbackOnFailure);
        b.steps.addAll(steps);
        b.targets.addAll(targets);
        b.locks.putAll(locks);
        return b;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return title + " [" + hash.substring(0, 12) + "]";
    }

    /** Collects a plan. Not thread-safe. */
    public static final class Builder {
        private final String kind;
        private final String title;
        private final ClusterRef cluster;
        private final String fingerprint;
        private final List<Step> steps = new ArrayList<>();
        private final List<PlanTarget> targets = new ArrayList<>();
        private final Map<String, Integer> locks = new TreeMap<>();
        private boolean rollbackOnFailure = true;
        private List<Finding> findings = List.of();
        private Estimates estimates = Estimates.none();
        private Instant createdAt = Instant.EPOCH;

        Builder(String kind, String title, ClusterRef cluster, String fingerprint) {
            this.kind = requireNonNull(kind, "kind");
            this.title = requireNonNull(title, "title");
            this.cluster = requireNonNull(cluster, "cluster");
            this.fingerprint = requireNonNull(fingerprint, "fingerprint");
        }

        /** Adds a step. */
        public Builder step(Step step) {
            steps.add(requireNonNull(step, "step"));
            return this;
        }

        /** Adds something that the plan was made for. */
        public Builder target(PlanTarget target) {
            targets.add(requireNonNull(target, "target"));
            return this;
        }

        /** Says how many permits a counted lock has; 1 unless said. */
        public Builder lock(String name, int permits) {
            locks.put(requireNonNull(name, "name"), permits);
            return this;
        }

        /** Whether a failure leads to the way back by itself; it does unless said. */
        public Builder rollbackOnFailure(boolean back) {
            this.rollbackOnFailure = back;
            return this;
        }

        /** What the pre-flight saw. */
        public Builder findings(List<Finding> seen) {
            this.findings = List.copyOf(seen);
            return this;
        }

        /** Expected durations. */
        public Builder estimates(Estimates expected) {
            this.estimates = requireNonNull(expected, "expected");
            return this;
        }

        /** When the plan was made. */
        public Builder createdAt(Instant time) {
            this.createdAt = requireNonNull(time, "time");
            return this;
        }

        /**
         * Checks and makes the plan.
         *
         * @throws io.gds.database.error.InvalidSpecException when ids repeat, edges lead nowhere or in a circle, a
         *     bracket is not closed exactly once, a gate lies inside an urgent bracket, or a seal has no gate before it
         */
        public Plan build() {
            return new Plan(this);
        }
    }
}
