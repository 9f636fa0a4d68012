package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ConfigAdmin;
import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.PowerAdmin;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.core.RunHistory;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The contract that every engine must keep, as tests. An engine's author extends it and supplies a fixture; the rules are
 * told in {@code docs/spi-contract.md}. A rule about an ability that the engine does not declare is reported as such.
 */
@SuppressWarnings("MemberName") // rule numbers are part of the names
public abstract class EngineContract extends PrimaryTurnContract {
    private static final Set<Class<?>> KNOWN_FACETS = Set.of(
            RollingVerbs.class,
            PrimaryTurns.class,
            ProbeTable.class,
            Cloning.class,
            ConfigAdmin.class,
            LogSource.class,
            MetricSource.class,
            PowerAdmin.class,
            ProcessAdmin.class,
            ReplicationAdmin.class,
            UserAdmin.class);

    /** For subclasses. */
    protected EngineContract() {}

    @Override
    protected abstract EngineFixture start();

    @Test
    void required_spi_1_1_topologyNamesEveryMemberAndTheOnePrimary() throws Exception {
        judge("1.1", f -> {
            Topology t = f.engine().topology();
            assertThat(t.members()).extracting(Member::name).containsExactlyInAnyOrderElementsOf(f.members());
            assertThat(t.primary().map(Member::name)).contains(f.primary());
            for (Member m : t.members()) {
                assertThat(m.version()).as("version of " + m.name()).isEqualTo(f.running(m.name()));
            }
        });
    }

    @Test
    void required_spi_1_2_identitySurvivesARoleChange() throws Exception {
        judgeVerbs("1.2", (f, v) -> {
            String before = f.engine().topology().fingerprint();
            String from = f.primary();
            String to = v.follower();
            v.switchOver(from, to, v.switchover(from, to));
            assertThat(f.engine().topology().fingerprint()).isEqualTo(before);
            assertThat(f.engine().topology().primary().map(Member::name)).contains(to);
        });
    }

    @Test
    void required_spi_1_3_unknownLagIsNotZero() throws Exception {
        judgeVerbs("1.3", (f, v) -> {
            String down = v.follower();
            f.kill(down);
            Topology t = f.engine().topology();
            assertThat(t.linkTo(down).flatMap(Link::lag))
                    .as("lag of a member that is down")
                    .isEmpty();
            assertThat(t.member(down).orElseThrow().reachable()).isFalse();
        });
    }

    @Test
    void required_spi_2_1_declaredFacetsArePresentAndOthersAbsent() throws Exception {
        judge("2.1", f -> {
            DatabaseEngine e = f.engine();
            e.facets()
                    .forEach(
                            type -> assertThat(e.facet(type)).as(type.getName()).isPresent());
            for (Class<?> type : KNOWN_FACETS) {
                assertThat(e.facet(type).isPresent())
                        .as(type.getName())
                        .isEqualTo(e.facets().contains(type));
            }
        });
    }

    @Test
    void required_spi_2_2_noFacetSaysUnsupported() throws Exception {
        judge("2.2", f -> f.engine().facets().forEach(type -> EngineContract.callReaders(type, f.engine())));
    }

    private static void callReaders(Class<?> type, DatabaseEngine engine) {
        for (Method m : type.getMethods()) {
            if (m.getParameterCount() == 0
                    && m.getReturnType() != void.class
                    && m.getDeclaringClass().isInterface()) {
                try {
                    m.invoke(engine.facet(type).orElseThrow());
                } catch (InvocationTargetException e) {
                    assertThat(e.getCause()).as(m.toString()).isNotInstanceOf(UnsupportedOperationException.class);
                } catch (IllegalAccessException e) {
                    throw new AssertionError("a facet is a public interface: " + m, e);
                }
            }
        }
    }

    @Test
    void required_spi_3_1_metadataSaysWhatRuns() throws Exception {
        judge("3.1", f -> {
            assertThat(Optional.of(f.engine().metadata().version())).isEqualTo(f.running(f.primary()));
            assertThat(f.engine().metadata().name()).isEqualTo(f.engine().name());
            assertThat(f.engine().metadata().decommissionedAt()).isEmpty();
        });
    }

    @Test
    void required_spi_3_2_serverTimeIsNearTheClock() throws Exception {
        judge("3.2", f -> assertThat(
                        Duration.between(f.clock().instant(), f.engine().serverTime())
                                .abs())
                .isLessThan(Duration.ofHours(1)));
    }

    @Test
    void required_spi_3_3_databasesExistAndUnknownOnesDoNot() throws Exception {
        judge("3.3", f -> {
            assertThat(f.engine().databases()).isNotEmpty().allMatch(Database::exists);
            assertThat(f.engine().database("gds_no_such_database").exists()).isFalse();
        });
    }

    @Test
    void required_spi_5_1_aRollingPatchReachesItsTargetAndARollbackWhatWas() throws Exception {
        judgeVerbs("5.1", (f, v) -> thereAndBack("5.1", f, PrimaryTurn.SWITCHOVER), "4.2", "4.4", "4.5", "4.8");
    }

    private static void thereAndBack(String rule, EngineFixture f, PrimaryTurn turn) {
        Map<String, Optional<EngineVersion>> found = f.members().stream().collect(Collectors.toMap(m -> m, f::running));
        String primary = f.primary();
        Plan plan = f.patcher()
                .plan(f.engine(), PatchRequest.to(f.target()).primaryTurn(turn).probe(ProbeSettings.off()));
        RunOutcome there = f.patcher().execute(plan, RunListener.none());
        assertThat(there.status()).as(there.summary()).isEqualTo(RunStatus.SUCCEEDED);
        f.members().forEach(m -> assertThat(f.running(m)).contains(f.target()));
        assertThat(f.isWritable()).isTrue();
        if (turn == PrimaryTurn.RESTART_IN_PLACE) {
            assertThat(f.primary()).isEqualTo(primary);
        }
        RunOutcome back =
                f.patcher().rollback(there.run(), Approval.by("contract").because("rule " + rule), RunListener.none());
        assertThat(back.status()).as(back.summary()).isEqualTo(RunStatus.ROLLED_BACK);
        f.members().forEach(m -> assertThat(f.running(m)).isEqualTo(found.get(m)));
        assertThat(f.primary()).isEqualTo(primary);
        assertThat(f.isWritable()).isTrue();
    }

    @Test
    void required_spi_5_2_aCloneComesAndGoesAndLeavesTheClusterAlone() throws Exception {
        judge("5.2", f -> {
            Optional<Cloning> cloning = f.engine().facet(Cloning.class);
            if (cloning.isEmpty()) {
                table.skip("5.2", "not declared: Cloning");
            }
            try (var clone = cloning.orElseThrow().cloneCluster(CloneRequest.named("contract"))) {
                assertThat(clone.engine().topology().primary()).isPresent();
                assertThat(cloning.orElseThrow().clones()).contains("contract");
            }
            assertThat(cloning.orElseThrow().clones()).doesNotContain("contract");
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_5_3_aPatchWithARestartInPlaceReachesItsTargetAndARollbackWhatWas() throws Exception {
        judgeVerbs(
                "5.3",
                (f, v) -> {
                    if (f.engine().facet(PrimaryTurns.class).isEmpty()) {
                        table.skip("5.3", "not declared: PrimaryTurns");
                    }
                    thereAndBack("5.3", f, PrimaryTurn.RESTART_IN_PLACE);
                },
                "4.2",
                "4.8",
                "4.9",
                "4.10",
                "4.11",
                "4.12");
    }

    @Test
    void required_spi_6_1_oneProcessDrivesARunAtATime() throws Exception {
        table.judge("6.1", () -> {
            try (EngineFixture f = start()) {
                LeaseFuzz.run(20, f.journal());
                assertThat(f.patcher().runs()).isInstanceOf(RunHistory.class);
            }
        });
    }
}
