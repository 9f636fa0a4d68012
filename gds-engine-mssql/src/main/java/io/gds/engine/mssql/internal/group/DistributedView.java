package io.gds.engine.mssql.internal.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A distributed group, as it was seen: its replicas are groups, and only the primaries of those show it. The primary of the one takes writes;
 * that of the other is the forwarder, which gets the log and ships it to its own secondaries.
 *
 * <p>Source: Distributed availability groups (SQL Server).
 */
public final class DistributedView {
    private static final String FROM_USER = "SUSPEND_FROM_USER";

    private final GroupViews views;
    private final String name;

    DistributedView(GroupViews views, String name) {
        this.views = views;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What an instance says of it. */
    private record Word(InstanceView by, String group) {
        Stream<ReplicaRow> replicas() {
            return by.replicas().stream().filter(r -> r.group().equals(group));
        }

        Optional<ReplicaRow> itself() {
            return by.itself(group);
        }
    }

    private Stream<Word> words() {
        return views.all().stream().flatMap(v -> v.group(name).filter(GroupConfig::isDistributed).stream()
                .map(g -> new Word(v, g.id())));
    }

    /** The groups that it consists of, by name. */
    public List<String> halves() {
        return words().flatMap(Word::replicas)
                .map(ReplicaRow::server)
                .distinct()
                .sorted()
                .toList();
    }

    /** Those of them that the spec names. */
    public List<GroupView> named() {
        return halves().stream().flatMap(h -> views.named(h).stream()).toList();
    }

    /** Whether the spec names both. */
    public boolean isWhole() {
        return named().size() == 2;
    }

    /** Those who say that their group has a role in it. */
    private List<Word> having(ReplicaRole role) {
        return words().filter(w -> w.itself()
                        .flatMap(ReplicaRow::role)
                        .filter(r -> r == role)
                        .isPresent())
                .toList();
    }

    /** The group that takes writes; empty when nobody says so, or more than one. */
    public Optional<String> primaryHalf() {
        List<Word> leads = having(ReplicaRole.PRIMARY);
        if (leads.size() > 1) {
            return Optional.empty();
        }
        return leads.isEmpty()
                ? other(having(ReplicaRole.SECONDARY))
                : leads.get(0).itself().map(ReplicaRow::server);
    }

    /** The group that gets the log; empty when nobody knows. */
    public Optional<String> forwarderHalf() {
        return primaryHalf()
                .flatMap(p ->
                        halves().stream().filter(h -> !h.equalsIgnoreCase(p)).findFirst());
    }

    private Optional<String> other(List<Word> known) {
        if (known.size() != 1) {
            return Optional.empty();
        }
        Optional<String> own = known.get(0).itself().map(ReplicaRow::server);
        return own.flatMap(
                o -> halves().stream().filter(h -> !h.equalsIgnoreCase(o)).findFirst());
    }

    /** The instance that takes writes, by name in plans; empty when it is none of the spec's, or nobody leads. */
    public Optional<String> globalPrimary() {
        return primaryHalf().flatMap(views::named).flatMap(GroupView::primary).map(InstanceView::name);
    }

    /** The instance that gets the log, by name in plans; empty when it is none of the spec's, or nobody leads. */
    public Optional<String> forwarder() {
        return forwarderHalf().flatMap(views::named).flatMap(GroupView::primary).map(InstanceView::name);
    }

    /** How one of its groups is in it, by the word of whoever knows both, or of itself. */
    public Optional<ReplicaRow> half(String group) {
        return words().flatMap(Word::replicas)
                .filter(r -> r.server().equalsIgnoreCase(group) && r.role().isPresent())
                .findFirst()
                .or(() -> words().flatMap(Word::replicas)
                        .filter(r -> r.server().equalsIgnoreCase(group))
                        .findFirst());
    }

    /** The databases of the second group, as the global primary and the forwarder have them: up to two rows of each. */
    public List<DatabaseRow> databases() {
        Optional<String> second = forwarderHalf();
        return words().flatMap(
                        w -> w.by().databases().stream().filter(d -> d.group().equals(w.group())))
                .filter(d -> second.filter(s -> s.equalsIgnoreCase(d.server())).isPresent())
                .toList();
    }

    /** What keeps the log from moving to the forwarder, in words; empty when it moves. */
    public Optional<String> missing() {
        Optional<String> second = forwarderHalf();
        if (having(ReplicaRole.PRIMARY).size() > 1) {
            return Optional.of("both groups of " + name + " say that they take writes");
        }
        if (second.isEmpty()) {
            return Optional.of("nobody says which group of " + name + " takes writes");
        }
        Optional<ReplicaRow> cut = cut(second.get());
        String who = "the link of " + name + " to " + second.get();
        if (cut.isPresent()) {
            return Optional.of(who + " is not connected"
                    + cut.get().trouble().map(t -> ": " + t).orElse(""));
        }
        List<String> wrong = new ArrayList<>();
        for (DatabaseRow d : databases()) {
            d.suspended()
                    .map(s -> d.name() + " is suspended (" + s + ")")
                    .or(() -> d.isMoving() ? Optional.empty() : Optional.of(d.name() + " is " + d.synchronization()))
                    .filter(w -> !wrong.contains(w))
                    .ifPresent(wrong::add);
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(who + ": " + shown(wrong));
    }

    private Optional<ReplicaRow> cut(String second) {
        return words().flatMap(Word::replicas)
                .filter(r -> r.server().equalsIgnoreCase(second))
                .filter(r -> isTold(r) && !r.connected())
                .findFirst();
    }

    /** By an instance that sees the link: the global primary about the other group, or the forwarder about itself. */
    private boolean isTold(ReplicaRow half) {
        return words().anyMatch(w -> w.replicas().anyMatch(half::equals)
                && w.itself().flatMap(ReplicaRow::role).isPresent());
    }

    private static String shown(List<String> wrong) {
        String first = String.join(", ", wrong.subList(0, Math.min(3, wrong.size())));
        return first + (wrong.size() > 3 ? " and " + (wrong.size() - 3) + " more" : "");
    }

    /**
     * Databases that the system itself has suspended on the forwarder, and that move again by RESUME; not what somebody suspended, and none while
     * the link is not connected.
     */
    public List<String> resumable() {
        if (forwarderHalf().flatMap(this::cut).isPresent()) {
            return List.of();
        }
        return databases().stream()
                .filter(d -> d.suspended().filter(s -> !s.equals(FROM_USER)).isPresent())
                .map(DatabaseRow::name)
                .distinct()
                .sorted()
                .toList();
    }
}
