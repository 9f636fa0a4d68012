package io.gds.engine.postgres.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
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
import org.junit.jupiter.api.Test;

class TopologyBuilderTest {
    private static final PostgresSpec SPEC = spec("10.0.0.1", "10.0.0.2", "10.0.0.3");
    private final Map<String, MemberFacts> facts = new HashMap<>();

    private static PostgresSpec spec(String... hosts) {
        List<Params> members = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            members.add(Params.of(Map.of("name", "n" + (i + 1), "host", hosts[i], "port", 5432 + i, "dataDir", "/x")));
        }
        return PostgresSpec.of(Params.of(Map.of(
                "name",
                "orders",
                "environment",
                "test",
                "connection",
                Params.of("database", "app", "user", "postgres", "password", "env:P"),
                "members",
                members)));
    }

    private void primary(PostgresSpec spec, Sender... senders) {
        put(spec, "n1", MemberRole.PRIMARY, OptionalLong.empty(), Optional.empty(), List.of(senders));
    }

    private void standby(PostgresSpec spec, String name, OptionalLong replayed, Receiver receiver) {
        put(spec, name, MemberRole.STANDBY, replayed, Optional.of(receiver), List.of());
    }

    private void put(
            PostgresSpec spec,
            String name,
            MemberRole role,
            OptionalLong replayed,
            Optional<Receiver> receiver,
            List<Sender> senders) {
        facts.put(
                name,
                new MemberFacts(
                        spec.member(name),
                        EngineVersion.parse("16.4"),
                        role,
                        "77",
                        OptionalLong.of(1),
                        Instant.EPOCH,
                        replayed,
                        Optional.empty(),
                        Optional.empty(),
                        receiver,
                        senders));
    }

    private static Receiver receiver(String applicationName, String slot) {
        return new Receiver("streaming", "10.0.0.1", 5432, slot, applicationName);
    }

    private static Sender sender(String applicationName, String address, String syncState, String slot) {
        return new Sender(applicationName, address, "streaming", syncState, slot);
    }

    private Topology build(PostgresSpec spec) {
        return new TopologyBuilder(spec, facts, OptionalLong.of(1000)).build(Instant.EPOCH);
    }

    @Test
    void followersWithOneNameAreToldApartBySlot() {
        primary(
                SPEC,
                sender("walreceiver", "10.9.9.9", "sync", "two"),
                sender("walreceiver", "10.9.9.9", "async", "three"));
        standby(SPEC, "n2", OptionalLong.of(900), receiver("walreceiver", "two"));
        standby(SPEC, "n3", OptionalLong.of(1001), receiver("walreceiver", "three"));

        Topology now = build(SPEC);

        assertThat(now.linkTo("n2").map(Link::syncState)).contains("sync");
        assertThat(now.linkTo("n2").flatMap(Link::lag).map(Lag::amount)).contains(100L);
        assertThat(now.linkTo("n3").map(Link::syncState)).contains("async");
        assertThat(now.linkTo("n3").flatMap(Link::lag).map(Lag::amount)).contains(0L);
    }

    @Test
    void followersWithOneNameAndNoSlotAreToldApartByAddress() {
        primary(SPEC, sender("walreceiver", "10.0.0.3", "sync", ""), sender("walreceiver", "10.0.0.2", "async", ""));
        standby(SPEC, "n2", OptionalLong.of(900), receiver("walreceiver", ""));
        standby(SPEC, "n3", OptionalLong.of(900), receiver("walreceiver", ""));

        assertThat(build(SPEC).linkTo("n2").map(Link::syncState)).contains("async");
        assertThat(build(SPEC).linkTo("n3").map(Link::syncState)).contains("sync");
    }

    @Test
    void followersThatCannotBeToldApartStayUnknown() {
        PostgresSpec oneHost = spec("10.0.0.1", "10.0.0.1", "10.0.0.1");
        primary(oneHost, sender("walreceiver", "10.0.0.1", "sync", ""), sender("walreceiver", "10.0.0.1", "async", ""));
        standby(oneHost, "n2", OptionalLong.of(900), receiver("walreceiver", ""));
        standby(oneHost, "n3", OptionalLong.of(900), receiver("walreceiver", ""));

        assertThat(build(oneHost).links()).hasSize(2).allSatisfy(l -> assertThat(l.syncState())
                .isEqualTo("unknown"));
    }

    @Test
    void lagIsUnknownUnlessBothSidesStream() {
        primary(SPEC, new Sender("n2", "10.0.0.2", "catchup", "async", ""), sender("n3", "10.0.0.3", "async", ""));
        standby(SPEC, "n2", OptionalLong.of(900), receiver("n2", ""));
        standby(SPEC, "n3", OptionalLong.empty(), receiver("n3", ""));

        Topology now = build(SPEC);

        assertThat(now.linkTo("n2").map(Link::state)).contains("catchup");
        assertThat(now.linkTo("n2").flatMap(Link::lag)).isEmpty();
        assertThat(now.linkTo("n3").flatMap(Link::lag)).as("a NULL position").isEmpty();
    }

    @Test
    void strangerAsUpstreamGivesNoLinkButAnAddress() {
        primary(SPEC);
        standby(SPEC, "n2", OptionalLong.of(900), new Receiver("streaming", "10.7.7.7", 5432, "", "n2"));

        Topology now = build(SPEC);

        assertThat(now.links()).isEmpty();
        assertThat(now.member("n2").orElseThrow().attributes()).containsEntry("upstream", "10.7.7.7:5432");
        assertThat(now.member("n3").orElseThrow().reachable()).isFalse();
    }

    @Test
    void applicationNameIsTheReceiversOwnBeforeItsFallback() {
        assertThat(MemberProbe.applicationName(
                        "user=r host=h fallback_application_name=walreceiver application_name='it\\'s n2'"))
                .isEqualTo("it's n2");
        assertThat(MemberProbe.applicationName("user=r fallback_application_name=walreceiver sslmode=prefer"))
                .isEqualTo("walreceiver");
        assertThat(MemberProbe.applicationName("user=r")).isEmpty();
    }
}
