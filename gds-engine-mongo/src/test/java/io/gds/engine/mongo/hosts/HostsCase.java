package io.gds.engine.mongo.hosts;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.engine.mongo.faults.MongoFaultPatch;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Hosts with the spec that their operator would write, and a journal. */
final class HostsCase implements AutoCloseable {
    private static final MongoFaultPatch PATCH = new MongoFaultPatch();

    private final Path directory;
    private final Path spec;
    private final Journal journal;
    private final RollingPatcher patcher;

    HostsCase(UnitHosts hosts, boolean logins) throws IOException {
        this.directory = Files.createTempDirectory("gds-mongo-hosts-");
        this.spec = directory.resolve("cluster.yaml");
        Path secret = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, UnitHosts.PASSWORD);
        String login = "connection: {user: " + UnitHosts.USER + ", password: \"file:" + secret + "\"}\n";
        Files.writeString(spec, text(hosts) + (logins ? login : ""));
        this.journal = Journal.sqlite(directory.resolve("runs.db"));
        this.patcher = PATCH.patcher(journal);
    }

    private static String text(UnitHosts hosts) {
        Bed bed = hosts.bed();
        StringBuilder out = new StringBuilder("engine: mongo\nname: orders\nenvironment: test\n");
        out.append("replicaSet: ").append(UnitHosts.SET).append("\nmembers:\n");
        for (BedNode n : hosts.members()) {
            out.append("  - {name: ").append(n.name()).append(", host: ").append(n.address());
            out.append(", port: 27017, unit: mongod}\n");
        }
        return out.append("packages: {type: apt, program: /usr/bin/mongod}\n")
                .append("shell: {type: ssh, login: ")
                .append(bed.sshUser())
                .append(", key: ")
                .append(bed.sshKey())
                .append(", knownHosts: ")
                .append(bed.knownHosts())
                .append(", sudo: true}\n")
                .toString();
    }

    DatabaseEngine open() {
        return Engines.open(spec);
    }

    Plan plan(String version) {
        try (DatabaseEngine engine = open()) {
            return patcher.plan(engine, PATCH.to(version));
        }
    }

    RunOutcome execute(Plan plan, RunListener listener) {
        return patcher.execute(plan, RunOptions.none(), listener);
    }

    RunOutcome back(RunId run) {
        return patcher.rollback(run, Approval.by("kim").because("hosts suite"), RunListener.printing(System.out));
    }

    @Override
    public void close() throws IOException {
        patcher.close();
        journal.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        }
    }
}
