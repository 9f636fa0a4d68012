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
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.spi.Permit;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contract that every engine must keep, as tests. An engine's author extends it and supplies a fixture; the rules are
 * told in {@code docs/spi-contract.md}. A rule about an ability that the engine does not declare is reported as such.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
@SuppressWarnings("MemberName") // rule numbers are part of the names
public abstract class EngineContract {
    private static final Logger LOG = LoggerFactory.getLogger(EngineContract.class);
    private static final Set<Class<?>> KNOWN_FACETS = Set.of(
            RollingVerbs.class,
            ProbeTable.class,
            Cloning.class,
            ConfigAdmin.class,
            LogSource.class,
            MetricSource.class,
            PowerAdmin.class,
            ProcessAdmin.class,
            ReplicationAdmin.class,
            UserAdmin.class);

    private final ContractTable table = new ContractTable();

    /** For subclasses. */
    protected EngineContract() {}

    /** Makes a fresh cluster: at least one primary and one follower, all on one version, all caught up. */
    protected abstract EngineFixture start();

    @AfterAll
    void printTable(TestReporter reporter) {
        LOG.info("{}", table);
        reporter.publishEntry("contract", table.toString());
    }

    private void judge(String rule, Consumer<EngineFixture> check, String... restsOn) throws Exception {
        table.judge(
                rule,
                () -> {
                    try (EngineFixture f = start()) {
                        check.accept(f);
                    }
                },
                restsOn);
    }

    private void judgeVerbs(String rule, Rule check, String... restsOn) throws Exception {
        judge(
                rule,
                f -> {
                    if (f.engine().facet(RollingVerbs.class).isEmpty()) {
                        table.skip(rule, "not declared: RollingVerbs");
                    }
                    check.judge(f, new ContractVerbs(f));
                },
                restsOn);
    }

    private interface Rule {
        void judge(EngineFixture fixture, ContractVerbs verbs);
    }

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
    void required_spi_4_1_thePrimaryMayNotGoDown() throws Exception {
        judgeVerbs("4.1", (f, v) -> {
            Permit permit = v.verbs().mayGoDown(f.primary(), Set.of(), v.of(f.primary()));
            assertThat(permit).isNotInstanceOf(Permit.Granted.class);
            assertThat(v.verbs().mayGoDown(v.follower(), Set.of(), v.of(v.follower())))
                    .isInstanceOf(Permit.Granted.class);
        });
    }

    @Test
    void required_spi_4_2_aStoppedMemberIsReallyDown() throws Exception {
        judgeVerbs("4.2", (f, v) -> {
            String m = v.follower();
            v.stop(m);
            assertThat(f.running(m))
                    .as("what runs of " + m + " after stopped() held")
                    .isEmpty();
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_4_3_stopAndStartMayBeCalledAgain() throws Exception {
        judgeVerbs(
                "4.3",
                (f, v) -> {
                    String m = v.follower();
                    v.stop(m);
                    v.stop(m);
                    assertThat(f.running(m)).isEmpty();
                    v.start(m);
                    v.start(m);
                    assertThat(f.running(m)).isPresent();
                    assertThat(f.isWritable()).isTrue();
                },
                "4.2");
    }

    @Test
    void required_spi_4_4_aSwitchoverHappensExactlyOnce() throws Exception {
        judgeVerbs("4.4", (f, v) -> {
            OptionalLong before = f.promotions();
            if (before.isEmpty()) {
                table.skip("4.4", "untestable: the product does not count promotions");
            }
            String from = f.primary();
            String to = v.follower();
            v.switchOver(from, to, v.switchover(from, to));
            assertThat(f.primary()).isEqualTo(to);
            assertThat(f.isWritable()).isTrue();
            assertThat(f.promotions()).hasValue(before.getAsLong() + 1);
        });
    }

    @Test
    void required_spi_4_5_theProbeOfASwitchoverTellsTheTruth() throws Exception {
        judgeVerbs("4.5", (f, v) -> {
            String from = f.primary();
            String to = v.follower();
            StepContext<?> c = v.switchover(from, to);
            assertThat(v.verbs().probeSwitchover(from, to, false, c))
                    .as("before")
                    .isInstanceOf(Probed.NotDone.class);
            v.switchOver(from, to, c);
            assertThat(v.verbs().probeSwitchover(from, to, false, c))
                    .as("after")
                    .isInstanceOf(Probed.Done.class);
        });
    }

    @Test
    void required_spi_4_6_theOrderNamesEveryFollowerOnce() throws Exception {
        judgeVerbs("4.6", (f, v) -> {
            List<String> followers =
                    f.members().stream().filter(m -> !m.equals(f.primary())).toList();
            assertThat(v.verbs().order(f.engine().topology())).containsExactlyInAnyOrderElementsOf(followers);
        });
    }

    @Test
    void required_spi_4_7_aDeadPrimaryIsRevivedAndALivingOneLeftAlone() throws Exception {
        judgeVerbs("4.7", (f, v) -> {
            String primary = f.primary();
            StepContext<?> c = v.context(Params.empty(), Params.empty());
            OptionalLong before = f.promotions();
            v.verbs().revive(c);
            assertThat(f.promotions()).isEqualTo(before);
            f.kill(primary);
            v.verbs().revive(c);
            f.pass(Duration.ofSeconds(5));
            assertThat(f.primary()).isEqualTo(primary);
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_5_1_aRollingPatchReachesItsTargetAndARollbackWhatWas() throws Exception {
        judgeVerbs(
                "5.1",
                (f, v) -> {
                    Map<String, Optional<EngineVersion>> found =
                            f.members().stream().collect(Collectors.toMap(m -> m, f::running));
                    String primary = f.primary();
                    Plan plan = f.patcher()
                            .plan(f.engine(), PatchRequest.to(f.target()).probe(ProbeSettings.off()));
                    RunOutcome there = f.patcher().execute(plan, RunListener.none());
                    assertThat(there.status()).as(there.summary()).isEqualTo(RunStatus.SUCCEEDED);
                    f.members().forEach(m -> assertThat(f.running(m)).contains(f.target()));
                    assertThat(f.isWritable()).isTrue();
                    RunOutcome back = f.patcher()
                            .rollback(there.run(), Approval.by("contract").because("rule 5.1"), RunListener.none());
                    assertThat(back.status()).as(back.summary()).isEqualTo(RunStatus.ROLLED_BACK);
                    f.members().forEach(m -> assertThat(f.running(m)).isEqualTo(found.get(m)));
                    assertThat(f.primary()).isEqualTo(primary);
                    assertThat(f.isWritable()).isTrue();
                },
                "4.2",
                "4.4",
                "4.5");
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
    void required_spi_6_1_oneProcessDrivesARunAtATime() throws Exception {
        table.judge("6.1", () -> {
            try (EngineFixture f = start()) {
                LeaseFuzz.run(20, f.journal());
                assertThat(f.patcher().runs()).isInstanceOf(RunHistory.class);
            }
        });
    }
}
