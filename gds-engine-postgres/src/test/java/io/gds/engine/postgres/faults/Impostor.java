package io.gds.engine.postgres.faults;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import io.gds.samples.embedded.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server of another cluster that answers at the address of a member, with its password, as after a mistaken restore. */
final class Impostor implements AutoCloseable {
    private final EmbeddedCluster cluster;
    private final Member member;
    private final Path kept;

    private Impostor(EmbeddedCluster cluster, Member member) {
        this.cluster = cluster;
        this.member = member;
        this.kept = member.home().resolve("data-kept");
    }

    static Impostor inPlaceOf(EmbeddedCluster cluster, Member member) throws IOException {
        Impostor impostor = new Impostor(cluster, member);
        member.stopFast();
        Files.move(member.dataDir(), impostor.kept);
        try (EmbeddedCluster other = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(member.installedVersion())
                .members(1)
                .start()) {
            Member stranger = other.member("n1");
            stranger.stopFast();
            Files.copy(impostor.kept.resolve("pg_hba.conf"), stranger.dataDir().resolve("pg_hba.conf.found"));
            Files.writeString(stranger.dataDir().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
            String conf = Files.readString(impostor.kept.resolve("postgresql.conf"));
            Files.writeString(stranger.dataDir().resolve("postgresql.conf"), conf);
            Files.writeString(
                    stranger.dataDir().resolve("member.conf"), Files.readString(impostor.kept.resolve("member.conf")));
            Files.move(stranger.dataDir(), member.dataDir());
        }
        member.start();
        return impostor;
    }

    boolean isRunning() {
        return member.isRunning();
    }

    @Override
    public void close() throws IOException {
        member.stopFast();
        Files.move(member.dataDir(), member.home().resolve("data-impostor"));
        Files.move(kept, member.dataDir());
        member.start();
        cluster.awaitStreaming(Duration.ofSeconds(20));
    }
}
