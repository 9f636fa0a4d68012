package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A contract is trusted only after it has failed: engines that are wrong on purpose fail on exactly the rule meant. */
class ContractOfWrongEnginesTest {
    /** Not found by the build's own search, since none of these is named as a test. */
    static final class ForgetsToStop extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.FORGETS_TO_STOP, Journals.inMemory());
        }
    }

    static final class LiesInProbe extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.LIES_IN_PROBE, Journals.inMemory());
        }
    }

    static final class PromotesTwice extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.PROMOTES_TWICE, Journals.inMemory());
        }
    }

    static final class InstallsTooEarly extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.INSTALLS_TOO_EARLY, Journals.inMemory());
        }
    }

    static final class RestartsWithThePackages extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.RESTARTS_WITH_THE_PACKAGES, Journals.inMemory());
        }
    }

    static final class RestartsAnybody extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.RESTARTS_ANYBODY, Journals.inMemory());
        }
    }

    static final class ForgetsToRestart extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.FORGETS_TO_RESTART, Journals.inMemory());
        }
    }

    static final class RestartsTwice extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(WrongVerbs.RESTARTS_TWICE, Journals.inMemory());
        }
    }

    static final class LosesTheLease extends EngineContract {
        @Override
        protected EngineFixture start() {
            return new FakeFixture(e -> e, Core.seams().journal(LeaseFuzzTest.losesTheLease()));
        }
    }

    private static List<String> failures(Class<?> contract) {
        List<String> failed = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(contract))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    failed.add(id.getDisplayName());
                                }
                            }
                        });
        return failed;
    }

    @Test
    void anEngineThatForgetsToStopFailsOnThat() {
        assertThat(failures(ForgetsToStop.class)).containsExactly("required_spi_4_2_aStoppedMemberIsReallyDown()");
    }

    @Test
    void anEngineThatLiesInItsProbeFailsOnThat() {
        assertThat(failures(LiesInProbe.class))
                .containsExactly("required_spi_4_5_theProbeOfASwitchoverTellsTheTruth()");
    }

    @Test
    void anEngineThatPromotesTwiceFailsOnThat() {
        assertThat(failures(PromotesTwice.class)).containsExactly("required_spi_4_4_aSwitchoverHappensExactlyOnce()");
    }

    @Test
    void anEngineThatInstallsWhatItShouldFetchFailsOnThat() {
        assertThat(failures(InstallsTooEarly.class))
                .containsExactly("required_spi_4_8_fetchingChangesNeitherWhatRunsNorWhatWouldStart()");
    }

    @Test
    void anEngineThatRestartsWithThePackagesFailsOnThat() {
        assertThat(failures(RestartsWithThePackages.class))
                .containsExactly("required_spi_4_9_newPackagesDoNotChangeWhatRuns()");
    }

    @Test
    void anEngineThatWouldRestartAnybodyFailsOnThat() {
        assertThat(failures(RestartsAnybody.class))
                .containsExactly("required_spi_4_10_onlyThePrimaryMayBeRestartedWhereItIs()");
    }

    @Test
    void anEngineThatForgetsToRestartFailsOnThat() {
        assertThat(failures(ForgetsToRestart.class))
                .containsExactly("required_spi_4_11_aRestartInPlaceBringsWhatIsInstalledAndKeepsTheRole()");
    }

    @Test
    void anEngineThatRestartsTwiceFailsOnThat() {
        assertThat(failures(RestartsTwice.class)).containsExactly("required_spi_4_12_aRestartedPrimaryIsLeftAlone()");
    }

    @Test
    void aJournalThatLosesTheLeaseFailsOnThat() {
        assertThat(failures(LosesTheLease.class)).containsExactly("required_spi_6_1_oneProcessDrivesARunAtATime()");
    }
}
