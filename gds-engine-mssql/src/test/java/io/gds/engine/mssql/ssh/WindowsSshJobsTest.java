package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostFile;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.Programs;
import io.gds.database.testkit.windows.WindowsHost;
import io.gds.engine.mssql.internal.windows.HostClaim;
import io.gds.engine.mssql.internal.windows.HostJobs;
import io.gds.engine.mssql.internal.windows.HostScripts;
import io.gds.engine.mssql.internal.windows.Job;
import io.gds.engine.mssql.internal.windows.JobState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's scripts and jobs over SSH, as it does them over WinRM. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshJobsTest {
    private static final String ROOT = "C:\\ProgramData\\gds";
    private static final String SETUP = "D:\\packages\\setup.exe";
    private static final int FAILED = 0x84B20001;

    @TempDir
    Path dir;

    private final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    private final AtomicInteger started = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void aJobIsStartedOnceFollowedThroughACutAndEnded(String defaultShell) {
        host.files().put(SETUP, HostFile.text("setup").program((call, on) -> {
            started.incrementAndGet();
            return Programs.hanging().start(call, on);
        }));
        if (defaultShell.equals("powershell")) {
            host.registry().set(WindowsBehindSshd.SHELL_KEY, "DefaultShell", WindowsBehindSshd.POWERSHELL);
        }
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir);
                HostShell shell = behind.open()) {
            HostScripts scripts = new HostScripts(shell, ROOT);
            HostClaim claim = new HostClaim(scripts);
            assertThat(claim.take("run-1")).isEqualTo("run-1");
            HostJobs jobs = new HostJobs(scripts);
            assertThat(jobs.state("run-1.SQL01").stage()).isEqualTo(JobState.Stage.ABSENT);
            Job job = new Job(
                    "run-1.SQL01",
                    "of the test",
                    List.of(),
                    List.of(new Job.Program("setup", SETUP, "/quiet /Action=Patch")));
            jobs.start(job);
            Await.until("setup runs", () -> started.get() == 1);
            behind.sshd().killConnections();
            jobs.start(job);
            assertThat(jobs.state("run-1.SQL01").stage()).isEqualTo(JobState.Stage.RUNNING);
            host.processes().running("setup.exe").forEach(p -> p.end(FAILED));
            Await.until("the job is over", () -> jobs.state("run-1.SQL01").isOver());
            JobState over = jobs.state("run-1.SQL01");
            assertThat(over.stage()).isEqualTo(JobState.Stage.ENDED);
            assertThat(over.exitCode()).hasValue(FAILED);
            assertThat(started).hasValue(1);
            assertThat(jobs.remove("run-1")).isEmpty();
            assertThat(claim.release("run-1")).isEmpty();
            Params about = scripts.ask("host", Params.of("path", "C:\\"));
            assertThat(about.toJson()).contains("SQL01");
        }
        assertThat(host.tasks().all()).isEmpty();
        assertThat(host.unsupported()).isEmpty();
    }
}
