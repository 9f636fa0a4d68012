package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.internal.packages.HostJob.Phase;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CommandResult.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a job is started and watched. The host's side of it is tested with real package systems. */
class HostJobTest {
    private static final List<String> PACKAGES = List.of("acme=2", "libacme=2");

    private final ScriptedShell shell = new ScriptedShell();
    private final HostJob job = new HostJob(shell, "/var/lib/jobs/acme", "the script", Duration.ofSeconds(60));

    @Test
    void whereThereIsSystemdItIsAUnitOfItsOwn() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "ended 7 0\nold=1\n");
        shell.answer("test -d /run/systemd/system", 0, "");
        shell.answer("systemd-run", 0, "");
        shell.answer("watch.sh /var/lib/jobs/acme 7 20", 0, "running 8\n");
        shell.answer("watch.sh /var/lib/jobs/acme 7 20", 0, "ended 8 0\nacme=2 libacme=2\nSetting up\nacme\n");

        HostJob.State end = job.run(PACKAGES);
        assertThat(end).isEqualTo(new HostJob.State(Phase.ENDED, 8, 0, "acme=2 libacme=2", "Setting up\nacme\n"));
        assertThat(shell.ran())
                .contains("systemd-run --quiet --collect --no-ask-password --unit=gds-packages-acme-8 -- /bin/sh"
                        + " /var/lib/jobs/acme/job.sh /var/lib/jobs/acme 7 60 acme=2 libacme=2 (root)");
        assertThat(shell.launched()).isEmpty();
        assertThat(shell.written()).containsExactly("/var/lib/jobs/acme/job.sh 644 root: the script");
    }

    @Test
    void aUnitThatCannotBeMadeIsAProcessOfItsOwn() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "absent 0\n");
        shell.answer("test -d /run/systemd/system", 0, "");
        shell.answer("systemd-run", 1, "");
        shell.answer("watch.sh /var/lib/jobs/acme 0 20", 0, "ended 1 0\nacme=2 libacme=2\n");
        job.run(PACKAGES);
        assertThat(shell.launched())
                .containsExactly("sh /var/lib/jobs/acme/job.sh /var/lib/jobs/acme 0 60 acme=2 libacme=2 (root)");
    }

    @Test
    void aUnitOfWhichNobodyKnowsIsNotStartedAgain() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "absent 0\n");
        shell.answer("test -d /run/systemd/system", 0, "");
        shell.answer("systemd-run", Status.UNKNOWN);
        shell.answer("watch.sh /var/lib/jobs/acme 0 20", Status.UNKNOWN);
        shell.answer("watch.sh /var/lib/jobs/acme 0 20", 0, "ended 1 0\nacme=2 libacme=2\n");
        assertThat(job.run(PACKAGES).exitCode()).isZero();
        assertThat(shell.launched()).isEmpty();
    }

    @Test
    void whatIsUnderWayIsJoinedAndNotStartedAgain() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "running 3\n");
        shell.answer("watch.sh /var/lib/jobs/acme 2 20", 0, "running 3\n");
        shell.answer("watch.sh /var/lib/jobs/acme 2 20", 0, "ended 3 0\nacme=1\n");
        assertThat(job.run(PACKAGES).packages()).isEqualTo("acme=1");
        assertThat(shell.ran()).noneMatch(line -> line.contains("job.sh"));
    }

    @Test
    void whatNeverBeginsIsAnErrorThatMayPass() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "absent 0\n");
        shell.answer("test -d /run/systemd/system", 1, "");
        shell.answer("watch.sh /var/lib/jobs/acme 0 20", 0, "absent 0\n");
        refused("the installation of [acme=2, libacme=2] could not be started", true);
    }

    @Test
    void aHostThatNoLongerAnswersIsAnErrorThatMayPass() {
        for (int i = 0; i < 5; i++) {
            shell.answer("watch.sh /var/lib/jobs/acme -1 0", Status.UNKNOWN);
        }
        refused("cannot be read: UNKNOWN", true);
    }

    @Test
    void anAnswerThatIsNoneIsAnError() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "Welcome to this host\nended 1 0\n");
        refused("found \"Welcome to this host", false);
    }

    @Test
    void oneThatNeverEndsIsLeftToItself() {
        shell.answer("watch.sh /var/lib/jobs/acme -1 0", 0, "running 1\n");
        for (int i = 0; i < 90; i++) {
            shell.answer("watch.sh /var/lib/jobs/acme 0 20", 0, "running 1\n");
        }
        refused("has been running for half an hour, see /var/lib/jobs/acme/log", true);
    }

    private void refused(String says, boolean retryable) {
        assertThatThrownBy(() -> job.run(PACKAGES))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("GDS-PACKAGE");
                    assertThat(e.retryable()).isEqualTo(retryable);
                })
                .hasMessageContaining(says);
        assertThat(shell.left()).isEmpty();
    }
}
