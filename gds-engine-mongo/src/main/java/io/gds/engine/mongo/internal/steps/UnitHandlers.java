package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A unit that must not start its server again by itself while that one is down: the server ends by its own command, which
 * systemd takes for an end like any other. A drop-in below /run says so, and a reboot forgets it.
 */
final class UnitHandlers {
    static final String HOLD = "mongo.unit-hold@1";
    static final String RELEASE = "mongo.unit-release@1";

    private static final String ROOT = "root";
    /** Drop-ins are read by name, wherever they lie; {@code systemctl edit} makes an {@code override.conf}, which must not win. */
    private static final String FILE = "zz-gds-no-restart.conf";

    private static final String TEXT =
            "# Written for the time of a patch; removed afterwards.\n[Service]\nRestart=no\n";
    private static final String RESTART = "restart";
    private static final String NEVER = "no";

    private UnitHandlers() {}

    static List<MongoHandler> all() {
        return List.of(new Hold(), new Release());
    }

    private static String unit(StepContext<MongoCluster> c) {
        return c.params().string("unit");
    }

    private static HostShell shell(StepContext<MongoCluster> c) {
        return c.engine().shellOf(c.params().string("member"));
    }

    private static String directory(String unit) {
        return "/run/systemd/system/" + (unit.endsWith(".service") ? unit : unit + ".service") + ".d";
    }

    private static String restarts(StepContext<MongoCluster> c) {
        return property(c, "Restart");
    }

    private static String property(StepContext<MongoCluster> c, String name) {
        return shell(c).run(Command.of("systemctl", "show", "--value", "--property=" + name, "--", unit(c)))
                .orElseThrow()
                .output()
                .strip();
    }

    private static void reload(HostShell shell) {
        shell.run(Command.of("systemctl", "daemon-reload").as(ROOT)).orElseThrow();
    }

    private static final class Hold extends MongoHandler {
        Hold() {
            super(HOLD);
        }

        @Override
        public String describe(Params p) {
            return "keep " + p.optionalString("unit").orElse("the unit") + " from starting its server again by itself";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.of(RESTART, restarts(c)));
        }

        @Override
        public Params apply(StepContext<MongoCluster> c) {
            if (restarts(c).equals(NEVER)) {
                return Params.empty();
            }
            c.fence();
            HostShell shell = shell(c);
            String directory = directory(unit(c));
            shell.run(Command.of("mkdir", "-p", "--", directory).as(ROOT)).orElseThrow();
            shell.write(directory + "/" + FILE, TEXT.getBytes(StandardCharsets.UTF_8), "644", ROOT);
            reload(shell);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            String now = restarts(c);
            return now.equals(NEVER) ? Verdict.holds() : Verdict.again("Restart of " + unit(c) + " is " + now);
        }
    }

    private static final class Release extends MongoHandler {
        Release() {
            super(RELEASE);
        }

        @Override
        public String describe(Params p) {
            return "let " + p.optionalString("unit").orElse("the unit") + " start its server by itself as before";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<MongoCluster> c) {
            c.fence();
            HostShell shell = shell(c);
            String directory = directory(unit(c));
            shell.run(Command.of("rm", "-f", "--", directory + "/" + FILE).as(ROOT))
                    .orElseThrow();
            shell.run(Command.of("rmdir", "--", directory).as(ROOT)); // stays when others have something in it
            reload(shell);
            return Params.empty();
        }

        /** By our file and what systemd has read of it, not by the setting: a package may bring another one. */
        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            boolean written = shell(c).read(directory(unit(c)) + "/" + FILE).isPresent();
            boolean read = property(c, "DropInPaths").contains(FILE);
            return written || read ? Verdict.again("the drop-in of " + unit(c) + " is there still") : Verdict.holds();
        }
    }
}
