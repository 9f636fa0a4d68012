package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.util.Optional;

/**
 * The job on the host is killed before one of its commands, and before another, until it comes to its end; the next call
 * makes good, on the way there or back. {@code -Dgds.stride=1} leaves none out.
 */
final class JobCrash {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");

    private static final int STRIDE = Integer.getInteger("gds.stride", 5);

    /** Every command of the script asks first whether its time has come. Bash can do that; else it is the same script. */
    private static final String COUNTING = "commands=0 last=$1; shift; script=$1; shift; set -o functrace;"
            + " trap '[ $((++commands)) -le $last ] || kill -9 $$' DEBUG; . \"$script\"";

    private JobCrash() {}

    static void everywhere(DebianTree tree, PackageManagerProvider provider, String hold, String holds)
            throws IOException {
        boolean killed = true;
        int commands = 0;
        while (killed) {
            try (DebianHost host = tree.start()) {
                host.sh(hold);
                String held = host.sh(holds);
                killed = isKilledAfter(commands, provider, host);
                PackageManager packages = open(provider, host);
                Optional<EngineVersion> found = packages.installed("m1");
                EngineVersion target = commands / STRIDE % 2 == 0 ? NEW : OLD;
                packages.install("m1", target);
                String what = "killed after " + commands + " commands";
                assertThat(found)
                        .as(what)
                        .satisfiesAnyOf(
                                v -> assertThat(v).isEmpty(), v -> assertThat(v).hasValue(OLD), v -> assertThat(v)
                                        .hasValue(NEW));
                assertThat(packages.installed("m1")).as(what).hasValue(target);
                assertThat(host.sh(holds)).as(what).isEqualTo(held);
                assertThat(host.path("/usr/sbin/policy-rc.d")).as(what).doesNotExist();
                assertThat(host.path("/srv/service")).as(what).doesNotExist();
            }
            commands += STRIDE;
        }
        assertThat(commands).as("commands of the job").isGreaterThan(20);
    }

    private static boolean isKilledAfter(int commands, PackageManagerProvider provider, DebianHost host) {
        PackageManager packages = open(provider, new KillingShell(host, commands));
        try {
            packages.install("m1", NEW);
            return !host.path("/var/lib/gds-database/packages/acme-server/result")
                    .toFile()
                    .exists();
        } catch (GdsDatabaseException e) {
            assertThat(e.retryable()).isTrue();
            return true;
        }
    }

    private static PackageManager open(PackageManagerProvider provider, HostShell shell) {
        return provider.open(Params.of("program", "/usr/lib/acme/15/bin/acmed"), member -> shell);
    }

    /** Kills the job after so many of its commands. */
    private record KillingShell(HostShell shell, int commands) implements HostShell {
        @Override
        public String host() {
            return shell.host();
        }

        @Override
        public CommandResult run(Command command) {
            return shell.run(command);
        }

        @Override
        public void launch(Command command) {
            String[] words = command.words().subList(1, command.words().size()).toArray(String[]::new);
            shell.launch(Command.of("bash", "-c", COUNTING, "bash", Integer.toString(commands))
                    .with(words));
        }

        @Override
        public Optional<byte[]> read(String path) {
            return shell.read(path);
        }

        @Override
        public void write(String path, byte[] content, String mode, String user) {
            shell.write(path, content, mode, user);
        }

        @Override
        public void close() {
            shell.close();
        }
    }
}
