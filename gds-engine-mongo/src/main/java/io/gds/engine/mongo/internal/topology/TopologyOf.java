package io.gds.engine.mongo.internal.topology;

import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.internal.config.MemberSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a topology of what everybody says. */
public final class TopologyOf {
    private final SetViews views;

    private TopologyOf(SetViews views) {
        this.views = views;
    }

    /** The topology of these views. */
    public static Topology the(SetViews views) {
        return new TopologyOf(views).make();
    }

    private Topology make() {
        List<Member> members = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (MemberSpec m : views.spec().members()) {
            members.add(member(m));
            link(m).ifPresent(links::add);
        }
        String id = views.config().map(SetConfig::replicaSetId).orElse("");
        return new Topology(views.spec().name(), id, members, links, views.observedAt());
    }

    private Member member(MemberSpec m) {
        Member.Builder b = Member.named(m.name(), m.address());
        views.of(m.name()).ifPresent(v -> {
            b.answered(role(v), v.version());
            b.attribute("state", v.state().toString());
            b.attribute("edition", v.edition());
            v.compatibility().ifPresent(c -> b.attribute("fcv", c.version()));
            v.compatibility().flatMap(MemberView.Compatibility::target).ifPresent(t -> b.attribute("fcvTarget", t));
            v.config().ifPresent(c -> b.attribute("config", c.version() + "@" + c.term()));
            v.status().flatMap(SetStatus::syncSource).ifPresent(s -> b.attribute("syncSource", s));
        });
        views.configured(m.name()).ifPresent(c -> {
            b.attribute("id", String.valueOf(c.id()));
            b.attribute("priority", String.valueOf(c.priority()));
            b.attribute("votes", String.valueOf(c.votes()));
            b.attribute("hidden", String.valueOf(c.hidden()));
            b.attribute("delay", c.delay().toString());
            c.tags().forEach((k, v) -> b.attribute("tag." + k, v));
        });
        return b.build();
    }

    private MemberRole role(MemberView v) {
        if (views.primary().filter(v::equals).isPresent()) {
            return MemberRole.PRIMARY;
        }
        return switch (v.state()) {
            case ARBITER -> MemberRole.ARBITER;
            case ROUTER -> MemberRole.WRITABLE;
            case SECONDARY ->
                views.configured(v.member().name())
                                .map(ConfiguredMember::mayLead)
                                .orElse(false)
                        ? MemberRole.STANDBY
                        : MemberRole.REPLICA;
            default -> MemberRole.UNKNOWN;
        };
    }

    private Optional<Link> link(MemberSpec m) {
        return views.of(m.name())
                .flatMap(MemberView::status)
                .flatMap(SetStatus::syncSource)
                .flatMap(source -> views.spec().at(source))
                .map(up -> {
                    String state =
                            views.of(m.name()).map(v -> v.state().toString()).orElse("UNKNOWN");
                    String sync = views.configured(m.name())
                            .map(c -> c.isVoter() ? "voting" : "non-voting")
                            .orElse("unknown");
                    return lag(m).map(l -> Link.of(up.name(), m.name(), state, sync, l))
                            .orElseGet(() -> Link.ofUnknownLag(up.name(), m.name(), state, sync));
                });
    }

    /** From one status document, the primary's, since two would differ by the time between them; a wanted delay is no lag. */
    private Optional<Lag> lag(MemberSpec m) {
        Optional<SetStatus> status = views.primary().flatMap(MemberView::status);
        Optional<Instant> head = views.primary()
                .flatMap(p -> status.flatMap(s -> s.at(p.member().address())))
                .flatMap(SeenMember::optimeDate);
        Optional<Instant> at = status.flatMap(s -> s.at(m.address())).flatMap(SeenMember::optimeDate);
        if (head.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        Duration behind = Duration.between(at.get(), head.get())
                .minus(views.configured(m.name()).map(ConfiguredMember::delay).orElse(Duration.ZERO));
        return Optional.of(
                new Lag(Math.max(0, behind.toMillis()), Lag.Unit.MILLISECONDS, "replSetGetStatus.members.optimeDate"));
    }
}
