package io.gds.samples.benchmarks.patroni;

import io.gds.database.plan.PrimaryTurn;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedSql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The same steps by by-hand.sh. */
record HandMade(PrimaryTurn turn, boolean pooler) implements Patch {
    @Override
    public double run(Bed bed, Path details) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "MEMBERS", bed.members().stream().map(HandMade::nameAndAddress).collect(Collectors.joining(" ")));
        settings.put("VERSION", bed.newMinor().upstream());
        settings.put("PACKAGES", packages(bed));
        settings.put("TURN", turn == PrimaryTurn.SWITCHOVER ? "switchover" : "restart");
        settings.put("SSH_USER", bed.sshUser());
        settings.put("SSH_KEY", bed.sshKey().toString());
        settings.put("KNOWN_HOSTS", bed.knownHosts().toString());
        settings.put("PGPASSWORD", BedSql.SUPERUSER_PASSWORD);
        settings.put("POOLER", pooler ? bed.proxy().address() : "");
        settings.put("POOLER_DB", BedSql.DATABASE);
        Program.run(List.of("bash", Program.unpack("by-hand.sh", details).toString()), settings, details);
        return Patch.secondsSince(began);
    }

    private static String nameAndAddress(BedNode m) {
        return m.name() + "=" + m.address();
    }

    /** All that belong together, with their exact version, as apt-get wants them. */
    static String packages(Bed bed) {
        return bed.serverPackages().stream()
                .map(p -> String.format(Locale.ROOT, "%s=%s", p, bed.newMinor()))
                .collect(Collectors.joining(" "));
    }
}
