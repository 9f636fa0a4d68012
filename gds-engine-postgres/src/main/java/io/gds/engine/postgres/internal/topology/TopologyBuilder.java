package io.gds.engine.postgres.internal.topology;

import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.topology.MemberFacts.Receiver;
import io.gds.engine.postgres.internal.topology.MemberFacts.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts what the members said together. Pure. */
final class TopologyBuilder {
    private static final String STREAMING = "streaming";

    private final PostgresSpec spec;
    private final Map<String, MemberFacts> facts;
    private final OptionalLong primaryPosition;
    private final Map<String, MemberSpec> upstreamOf = new HashMap<>();
    private final Upstreams upstreams;

    TopologyBuilder(PostgresSpec spec, Map<String, MemberFacts> facts, OptionalLong primaryPosition) {
        this.spec = spec;
        this.facts = facts;
        this.primaryPosition = primaryPosition;
        this.upstreams = new Upstreams(spec);
        for (MemberFacts fact : facts.values()) {
            fact.receiver()
                    .flatMap(upstreams::of)
                    .ifPresent(up -> upstreamOf.put(fact.member().name(), up));
        }
    }

    Topology build(Instant observedAt) {
        List<Member> members = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (MemberSpec member : spec.members()) {
            @Nullable MemberFacts fact = facts.get(member.name());
            members.add(fact == null ? absent(member) : present(fact));
            if (fact != null) {
                link(fact).ifPresent(links::add);
            }
        }
        // Members of different origins give an identity that matches nothing, which is what it is.
        String systemId = facts.values().stream()
                .map(MemberFacts::systemId)
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
        return new Topology(spec.name(), systemId, members, links, observedAt);
    }

    private static Member absent(MemberSpec member) {
        return Member.named(member.name(), member.address().toString()).build();
    }

    private Member present(MemberFacts fact) {
        Member.Builder member = Member.named(
                        fact.member().name(), fact.member().address().toString())
                .answered(fact.role(), fact.version())
                .attribute("systemId", fact.systemId())
                .attribute("startedAt", fact.startedAt().toString());
        fact.timeline().ifPresent(t -> member.attribute("timeline", Long.toString(t)));
        fact.replayLsn().ifPresent(lsn -> member.attribute("replayLsn", lsn));
        fact.receivedLsn().ifPresent(lsn -> member.attribute("receiveLsn", lsn));
        fact.receiver().ifPresent(r -> {
            member.attribute("upstreamState", r.status());
            upstreamName(fact, r).ifPresent(name -> member.attribute("upstream", name));
            if (!r.slot().isEmpty()) {
                member.attribute("slot", r.slot());
            }
            if (!r.applicationName().isEmpty()) {
                member.attribute("applicationName", r.applicationName());
            }
        });
        return member.build();
    }

    private Optional<String> upstreamName(MemberFacts fact, Receiver receiver) {
        @Nullable MemberSpec upstream = upstreamOf.get(fact.member().name());
        if (upstream != null) {
            return Optional.of(upstream.name());
        }
        return receiver.host().isEmpty()
                ? Optional.empty()
                : Optional.of(new HostPort(receiver.host(), receiver.port()).toString());
    }

    private Optional<Link> link(MemberFacts standby) {
        String name = standby.member().name();
        @Nullable MemberSpec upstream = upstreamOf.get(name);
        if (upstream == null || standby.receiver().isEmpty()) {
            return Optional.empty();
        }
        Receiver receiver = standby.receiver().get();
        Optional<Sender> row = Optional.ofNullable(facts.get(upstream.name()))
                .flatMap(up -> upstreams.row(standby.member(), receiver, up.senders(), alone(upstream)));
        String state = row.map(Sender::state).orElse(receiver.status());
        String syncState = row.map(Sender::syncState).filter(s -> !s.isEmpty()).orElse("unknown");
        boolean streaming = state.equals(STREAMING) && receiver.status().equals(STREAMING);
        if (!streaming || primaryPosition.isEmpty() || standby.replayed().isEmpty()) {
            return Optional.of(Link.ofUnknownLag(upstream.name(), name, state, syncState));
        }
        // Two clocks, two reads: a standby can be a little ahead of what the primary said before.
        long behind =
                Math.max(0, primaryPosition.getAsLong() - standby.replayed().getAsLong());
        Lag lag = new Lag(behind, Lag.Unit.BYTES, "pg_current_wal_lsn() - pg_last_wal_replay_lsn()");
        return Optional.of(Link.of(upstream.name(), name, state, syncState, lag));
    }

    private boolean alone(MemberSpec upstream) {
        return upstreamOf.values().stream().filter(upstream::equals).count() == 1;
    }
}
