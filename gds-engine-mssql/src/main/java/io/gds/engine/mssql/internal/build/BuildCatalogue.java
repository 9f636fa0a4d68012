package io.gds.engine.mssql.internal.build;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All builds that were released, as far as somebody wrote them down. Immutable. */
public final class BuildCatalogue {
    /** A catalogue that is older does not know of this month's updates. */
    static final Duration STALE = Duration.ofDays(45);

    private final NavigableMap<Build, KnownBuild> builds = new TreeMap<>();
    private final Instant updatedAt;

    /**
     * A catalogue.
     *
     * @param builds the builds, each once
     * @param updatedAt when it was written
     */
    public BuildCatalogue(Collection<KnownBuild> builds, Instant updatedAt) {
        builds.forEach(b -> this.builds.put(b.build(), b));
        this.updatedAt = requireNonNull(updatedAt, "updatedAt");
    }

    /** When it was written. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** Whether it is so old that this month's updates may be missing. */
    public boolean isStale(Clock clock) {
        return updatedAt.plus(STALE).isBefore(clock.instant());
    }

    /** A build by its number. */
    public Optional<KnownBuild> find(Build build) {
        return Optional.ofNullable(builds.get(build));
    }

    /** The builds of the family of one of them, ascending. */
    public List<KnownBuild> family(Build any) {
        return siblings(any).toList();
    }

    private Stream<KnownBuild> siblings(Build any) {
        return builds.values().stream().filter(b -> b.build().sameFamily(any));
    }

    /**
     * The service pack that a build stands on, {@code RTM} or {@code SP2}, also of one that is not written down. Empty when nothing
     * below it is known.
     */
    Optional<String> packOf(Build build) {
        return Optional.ofNullable(builds.floorEntry(build))
                .map(Map.Entry::getValue)
                .filter(b -> b.build().sameFamily(build))
                .map(KnownBuild::servicePack);
    }

    /**
     * A day by which a build had been released: its own where it is written down, else that of the next build of its line, since
     * numbers of one line grow with time. Empty when neither is known.
     */
    Optional<LocalDate> releasedBy(Build build) {
        Optional<LocalDate> own = find(build).flatMap(KnownBuild::released);
        Channel line = channelOf(build).orElse(Channel.BASELINE);
        return own.isPresent()
                ? own
                : siblings(build)
                        .filter(b -> build.isBelow(b.build()) && line.staysOn(b.channel()))
                        .filter(b ->
                                packOf(build).filter(b.servicePack()::equals).isPresent())
                        .flatMap(b -> b.released().stream())
                        .min(Comparator.naturalOrder());
    }

    /**
     * Whether going from one build to another keeps an instance on the line of updates that it is on, as far as lines are known. Who
     * has cumulative updates and goes over to a later service pack loses none: its security updates stand on all of them.
     */
    boolean keepsLine(Build from, Build to) {
        Optional<Channel> here = channelOf(from);
        Optional<Channel> there = channelOf(to);
        if (here.isEmpty() || there.isEmpty() || here.get().staysOn(there.get())) {
            return true;
        }
        return here.get().isCumulative()
                && there.get() == Channel.GDR
                && !packOf(from).equals(packOf(to));
    }

    /**
     * The line of a build that may not be written down itself, such as one of today: by its number where that tells, else that
     * of the nearest build below it, and behind a baseline it is a security update. Empty when nothing below it is known.
     */
    public Optional<Channel> channelOf(Build build) {
        Map.Entry<Build, KnownBuild> below = builds.floorEntry(build);
        if (below == null || !below.getKey().sameFamily(build)) {
            return Optional.empty();
        }
        Channel line = below.getValue().channel();
        if (!below.getKey().isBelow(build)) {
            return Optional.of(line);
        }
        if (build.isAzureConnect()) {
            return Optional.of(Channel.AZURE_CONNECT);
        }
        // An old list may end before the first cumulative update.
        if (build.isInCumulativeRange() && !line.isCumulative()) {
            return Optional.of(Channel.CU);
        }
        return Optional.of(line == Channel.BASELINE ? Channel.GDR : line);
    }
}
